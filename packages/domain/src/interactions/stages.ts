import type { PlayItem } from '../calls/call-control.ts';
import type { CallFailure } from '../calls/call-failure.ts';
import type { RouteDecision } from '../dialplan/route-call.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { Hotline } from '../hotline/hotline.ts';
import type { Destination } from '../numbering/head-number.ts';
import { AnnounceStage } from './announce-stage.ts';
import type { Call } from './call.ts';
import { MessageStage } from './message-stage.ts';
import { QueueStage } from './queue-stage.ts';
import { RingStage } from './ring-stage.ts';
import type { RingTarget } from './ring-target.ts';
import type { Side, Transferor } from './side.ts';
import type { CallFlow, MessageReason } from './stage.ts';
import { TalkStage } from './talk-stage.ts';
import { TransferStage } from './transfer-stage.ts';

/** How one stage leads to the next. */
export class Stages implements CallFlow {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  follow(waiting: Side, decision: RouteDecision): void {
    switch (decision.kind) {
      case 'person':
        return this.ring(waiting, { kind: 'person', person: decision.person });
      case 'hotline':
        return this.queue(waiting, decision.hotline, { greeting: true });
      case 'outside':
        return this.ring(waiting, decision);
      case 'emergency':
        return this.ring(waiting, { ...decision, kind: 'outside' });
      case 'refused':
        return this.refuse(waiting, decision.failure);
    }
  }

  queue(waiting: Side, hotline: Hotline, options: { readonly greeting: boolean }): void {
    this.#call.enter(new QueueStage(this.#call, waiting, hotline, options));
  }

  ring(waiting: Side, target: RingTarget): void {
    this.#call.enter(new RingStage(this.#call, waiting, target));
  }

  connect(waiting: Side, answered: Side): void {
    const personId = answered.personId ?? waiting.personId;
    const person = personId === undefined ? {} : { personId };
    this.#call.publish({ kind: 'call-connected', callId: this.#call.id, ...person });
    this.talk(waiting, answered);
  }

  talk(one: Side, other: Side, holders: readonly string[] = []): void {
    this.#call.enter(new TalkStage(this.#call, one, other, holders));
  }

  transfer(remaining: Side, transferor: Transferor, target: RingTarget, dialled: string): void {
    this.#call.enter(new TransferStage(this.#call, remaining, transferor, target, dialled));
  }

  /** A citizen does not have to call again because an agent's line broke; everybody else is told. */
  lost(gone: Side, left: Side, failure: CallFailure): void {
    const { service } = this.#call;
    const served = service && service.personId === gone.personId ? service.hotlineId : '';
    const hotline = indexOf(this.#call.directory).hotline(served);
    this.#call.talk.stop();
    if (hotline) this.#call.loseService();
    this.#call.house.control.park(left.leg);
    if (hotline) this.queue(left, hotline, { greeting: false });
    else this.refuse(left, failure);
    // Last, so that whoever becomes free meets this caller first.
    if (gone.personId !== undefined) this.#call.vacate(gone.personId);
  }

  unanswered(waiting: Side, target: RingTarget, failure: CallFailure): void {
    const saidNo = failure.kind === 'busy' || failure.kind === 'declined';
    if (target.kind === 'outside' || (waiting.personId !== undefined && saidNo)) return this.refuse(waiting, failure);
    const { id: personId } = target.person;
    const { language } = this.#call.directory.tenant;
    this.message(waiting, { kind: 'person', personId }, { prompt: 'nobody-available', greeting: false, language });
  }

  message(waiting: Side, box: Destination, why: MessageReason): void {
    this.#call.enter(new MessageStage(this.#call, waiting, box, why));
  }

  /** A colleague's phone knows busy and the like by itself; everybody else is told. */
  refuse(waiting: Side, failure: CallFailure): void {
    const answered = this.#call.isAnswered(waiting.leg);
    const spoken = failure.kind === 'not-in-service' || failure.kind === 'forbidden';
    if (!answered && waiting.personId !== undefined && !spoken) {
      this.#call.reject(waiting.leg, failure);
      return this.#call.end({ outcome: 'failed', by: 'system', failure: failure.kind });
    }
    this.#call.enter(new AnnounceStage(this.#call, waiting, this.#announcement(failure), failure));
  }

  #announcement(failure: CallFailure): readonly PlayItem[] {
    const { language } = this.#call.directory.tenant;
    const busy: PlayItem = { kind: 'tone', name: 'busy' };
    if (failure.kind === 'busy' || failure.kind === 'declined') return [busy, busy];
    const broken = failure.kind === 'media-lost' || failure.kind === 'interrupted';
    const name = broken ? 'interrupted-apology' : (failure.announcement ?? 'call-failed');
    return [{ kind: 'prompt', name, language }];
  }
}
