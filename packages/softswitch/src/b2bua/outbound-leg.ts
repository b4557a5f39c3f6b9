import type { Timer } from '@amtsleitung/base';
import { callFailures } from '@amtsleitung/domain';
import type { CallFailure } from '@amtsleitung/domain';
import type { MediaEvent } from '@amtsleitung/media';
import type { ClientSession, Destination, InviteOptions, SessionEnd } from '@amtsleitung/sip';
import type { Location } from '../registrar/location.ts';
import type { FarSide } from '../trunks/response-failure.ts';
import { isNamed } from './dialog-name.ts';
import type { Replaces } from '@amtsleitung/sip';
import { ForkBranch } from './fork-branch.ts';
import type { BranchPlan } from './fork-branch.ts';
import { nextFork, startFork } from './fork.ts';
import type { Branch, ForkEffect, ForkInput, ForkNews, ForkStep } from './fork.ts';
import { InDialog } from './in-dialog.ts';
import { Leg } from './leg.ts';
import type { LegFacts } from './leg.ts';
import type { LegPorts } from './leg-ports.ts';
import { giveUpReason, q850Reason } from './leave-reason.ts';
import { MediaLeg, statusOfMediaError } from './media-leg.ts';
import { mediaLegId } from './media-leg-id.ts';

export interface OutboundLegFacts extends LegFacts {
  readonly farSide: FarSide;
  readonly ringMilliseconds: number;
}

/** Not even a 100 Trying from any server of a provider for so long: another trunk can still ring within 4 s. */
const trunkAnswerMilliseconds = 3_800;
/** A provider that has the call but rings nobody for so long will not do so any more. */
const trunkRingMilliseconds = 40_000;

/** A call to a person's phones, all at once, or to a number outside. The rules are in `fork.ts`; this does what they say. */
export class OutboundLeg extends Leg {
  readonly #facts: OutboundLegFacts;
  readonly #branches: readonly ForkBranch[];
  #timers: readonly Timer[] = [];
  #fork = startFork(0).fork;
  #dialog: InDialog | undefined;

  constructor(
    facts: OutboundLegFacts,
    plans: readonly BranchPlan[],
    ports: LegPorts,
    makeSession: (options: InviteOptions) => ClientSession,
  ) {
    super(facts, ports);
    this.#facts = facts;
    this.#branches = plans.map((plan, branch) => {
      const media = new MediaLeg(mediaLegId(facts.id, branch), ports, plan.media);
      return new ForkBranch(plan, media, makeSession, {
        ringing: () => this.#step({ kind: 'ringing', branch }),
        sound: () => this.#step({ kind: 'sound', branch }),
        accepted: () => this.#step({ kind: 'accepted', branch }),
        failed: (failure, parts) => this.#step({ kind: 'failed', branch, failure, ...parts }),
        ended: (end) => this.#ended(branch, end),
        broke: (error) => this.broke(error),
      });
    });
  }

  /** Sends the INVITEs. Fails at once when there is nowhere to send them. */
  start(): void {
    this.#apply(startFork(this.#branches.length));
    if (this.isOver) return;
    const { timers } = this.ports;
    this.#timers = [
      timers.after(this.#facts.ringMilliseconds, () =>
        this.#step({ kind: 'time-out', failure: callFailures['no-answer'] }),
      ),
      ...(this.#facts.farSide === 'trunk' ? this.#watchTrunk() : []),
    ];
    for (const branch of this.#branches) this.settle(branch.call());
  }

  override hangUp(failure?: CallFailure): void {
    if (this.isOver) return;
    if (!this.isEstablished) return this.#step({ kind: 'hang-up', ...(failure ? { failure } : {}) });
    this.#dialog?.settleTransfer(failure === undefined);
    this.finish({ kind: 'ended', leg: this.facts.id, by: 'local', ...(failure ? { failure } : {}) });
    this.#winner?.session?.bye(q850Reason(failure));
  }

  override lose(failure: CallFailure): void {
    if (this.isOver) return;
    if (!this.isEstablished) return this.#step({ kind: 'abort', failure });
    this.finish({ kind: 'ended', leg: this.facts.id, by: 'lost', failure });
    this.#winner?.session?.bye(q850Reason(failure));
  }

  override get deviceIds(): readonly string[] {
    return this.#alive.flatMap(({ plan }) => plan.deviceId ?? []);
  }

  override dropDevice(deviceId: string): void {
    if (this.isEstablished) return super.dropDevice(deviceId);
    this.#abandon((branch) => branch.plan.deviceId === deviceId);
  }

  override unregistered(location: Location): void {
    if (this.isEstablished) return super.unregistered(location);
    this.#abandon(({ plan }) => plan.deviceId === location.deviceId && plan.contact === location.contact);
  }

  override mediaEvent(event: MediaEvent): void {
    if (event.kind === 'lost' && event.reason !== 'silent' && !this.isEstablished)
      this.#abandon((branch) => branch.media.id === event.leg);
    else super.mediaEvent(event);
  }

  override get isEstablished(): boolean {
    return this.#fork.phase === 'established';
  }

  override get isRinging(): boolean {
    return this.#facts.farSide === 'phone' && (this.#fork.phase === 'dialling' || this.#fork.phase === 'ringing');
  }

  override holds(name: Replaces): boolean {
    return this.#alive.some(({ session }) => session !== undefined && isNamed(session, name));
  }

  protected override get dialog(): InDialog | undefined {
    return this.#dialog;
  }

  protected override usesFlow(flowId: string): boolean {
    if (this.isEstablished) return this.#winner?.session?.peer.flowId === flowId;
    return this.#alive.some(({ plan }) => plan.flowId === flowId);
  }

  protected override movePeer(destination: Destination): void {
    this.#winner?.session?.peerMovedTo(destination);
  }

  protected override flowGone(flowId: string): void {
    this.#abandon((branch) => branch.plan.flowId === flowId);
  }

  get #alive(): readonly ForkBranch[] {
    return [...this.#fork.alive].map((branch) => this.#branches[branch]!);
  }

  get #winner(): ForkBranch | undefined {
    return this.#fork.winner === undefined ? undefined : this.#branches[this.#fork.winner];
  }

  /** Branches that can no longer be reached fail at once, whatever their transactions still hope for. */
  #abandon(isGone: (branch: ForkBranch) => boolean): void {
    for (const index of [...this.#fork.alive]) {
      const branch = this.#branches[index]!;
      if (!isGone(branch)) continue;
      branch.giveUp({ protocol: 'Q.850', cause: callFailures.unreachable.q850 });
      this.#step({ kind: 'failed', branch: index, failure: callFailures.unreachable });
    }
  }

  #watchTrunk(): readonly Timer[] {
    const { timers } = this.ports;
    const unless = (holds: (branch: ForkBranch) => boolean) => () => {
      if (this.#branches.some(holds)) return;
      for (const branch of this.#branches) branch.unheard();
      this.#step({ kind: 'time-out', failure: callFailures['trunk-failed'] });
    };
    return [
      timers.after(
        trunkAnswerMilliseconds,
        unless(({ isHeard }) => isHeard),
      ),
      timers.after(
        trunkRingMilliseconds,
        unless(({ rang }) => rang),
      ),
    ];
  }

  #ended(branch: Branch, end: SessionEnd): void {
    if (!this.isEstablished) return this.#step({ kind: 'failed', branch, failure: callFailures.unreachable });
    this.#dialog?.settleTransfer(false);
    const by = end.by === 'network' ? 'lost' : end.by;
    this.finish({ kind: 'ended', leg: this.facts.id, by });
  }

  #step(input: ForkInput): void {
    this.#apply(nextFork(this.#fork, input));
  }

  #apply(step: ForkStep): void {
    this.#fork = step.fork;
    for (const effect of step.effects) this.#carryOut(effect);
    if (step.fork.phase === 'over' || step.fork.phase === 'connecting')
      for (const timer of this.#timers) timer.cancel();
  }

  #carryOut(effect: ForkEffect): void {
    switch (effect.kind) {
      case 'give-up':
        return this.#branches[effect.branch]!.giveUp(giveUpReason(effect.why, effect.failure));
      case 'forget':
        return this.#branches[effect.branch]!.forget();
      case 'listen':
        return this.#listen(this.#branches[effect.branch]!);
      case 'connect':
        return this.#connect(effect.branch);
      case 'tell':
        return this.#tell(effect);
    }
  }

  #tell(news: ForkNews): void {
    const leg = this.facts.id;
    switch (news.what) {
      case 'ringing':
      case 'answered':
        return this.ports.emit({ kind: news.what, leg });
      case 'failed': {
        const { failure, redirectTo } = news;
        return this.finish({ kind: 'failed', leg, failure, ...(redirectTo === undefined ? {} : { redirectTo }) });
      }
      case 'ended':
        return this.finish({ kind: 'ended', leg, by: 'local', ...(news.failure ? { failure: news.failure } : {}) });
    }
  }

  /** Network announcements and foreign ringback are heard before the answer; one that cannot be is no loss. */
  #listen(branch: ForkBranch): void {
    const { emit, logger } = this.ports;
    const heard = branch.listen().then(
      () => {
        if (this.isEstablished || this.media) return;
        this.media = branch.media;
        emit({ kind: 'progress', leg: this.facts.id });
      },
      (error: unknown) => logger.info('Early media not usable', { leg: this.facts.id, error: String(error) }),
    );
    this.settle(heard);
  }

  #connect(index: Branch): void {
    const branch = this.#branches[index]!;
    const { timers, logger, emit, ownLeg } = this.ports;
    const dialog = new InDialog({
      leg: this.facts.id,
      farSide: this.#facts.farSide,
      deviceKind: branch.plan.deviceKind,
      ownLeg: (name) => ownLeg(this.facts.id, name),
      session: branch.session!,
      media: branch.media,
      timers,
      logger,
      emit,
      settle: (work) => this.settle(work),
    });
    const agreed = branch.connect(dialog.handlers()).then(
      () => {
        this.media = branch.media;
        this.#dialog = dialog;
        this.#step({ kind: 'media-agreed', branch: index });
      },
      (error: unknown) => {
        const failure = { ...callFailures['not-acceptable-media'], sipStatus: statusOfMediaError(error) };
        this.#step({ kind: 'media-refused', branch: index, failure });
      },
    );
    this.settle(agreed);
  }
}
