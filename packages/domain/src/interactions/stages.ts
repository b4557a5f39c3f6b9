import type { PlayItem } from '../calls/call-control.ts';
import type { CallFailure } from '../calls/call-failure.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { Hotline } from '../hotline/hotline.ts';
import type { Destination } from '../numbering/head-number.ts';
import { AnnounceStage } from './announce-stage.ts';
import type { Call } from './call.ts';
import { forwardedWay, forwardingAfter } from './forward-call.ts';
import { MessageStage } from './message-stage.ts';
import { ParkStage } from './park-stage.ts';
import { QueueStage } from './queue-stage.ts';
import { RingStage } from './ring-stage.ts';
import type { RingTarget, Way } from './ring-target.ts';
import type { Side, Transferor } from './side.ts';
import type { CallFlow, MessageReason, Trail, Unanswered } from './stage.ts';
import { TalkStage } from './talk-stage.ts';
import { TransferStage } from './transfer-stage.ts';

/** How one stage leads to the next. */
export class Stages implements CallFlow {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  follow(waiting: Side, way: Way, trail: Trail = []): void {
    if (way.kind === 'hotline') this.queue(waiting, way.hotline, { greeting: true });
    else if (way.kind === 'refused') this.refuse(waiting, way.failure);
    else this.ring(waiting, way, trail);
  }

  queue(waiting: Side, hotline: Hotline, options: { readonly greeting: boolean }): void {
    this.#call.enter(new QueueStage(this.#call, waiting, hotline, options));
  }

  ring(waiting: Side, target: RingTarget, trail: Trail = []): void {
    const forwarded = target.kind === 'person' && target.person.phone.forwarding.always;
    if (forwarded && this.#forward(waiting, target, forwarded, trail)) return;
    this.#call.enter(new RingStage(this.#call, waiting, target, trail));
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

  unanswered(waiting: Side, target: RingTarget, { failure, trail = [], redirectTo }: Unanswered): void {
    const onward = target.kind === 'person' ? (redirectTo ?? forwardingAfter(target.person, failure.kind)) : '';
    if (this.#forward(waiting, target, onward, trail)) return;
    const saidNo = failure.kind === 'busy' || failure.kind === 'declined';
    // Whoever the caller wanted to reach keeps the message, not the last in a chain of forwardings.
    const personId = trail[0] ?? (target.kind === 'person' ? target.person.id : undefined);
    if (personId === undefined || (waiting.personId !== undefined && saidNo)) return this.refuse(waiting, failure);
    const { language } = this.#call.directory.tenant;
    this.message(waiting, { kind: 'person', personId }, { prompt: 'nobody-available', greeting: false, language });
  }

  park(parked: Side, by: Side & { readonly personId: string }, orbit: string): void {
    this.#call.enter(new ParkStage(this.#call, parked, by, orbit));
  }

  message(waiting: Side, box: Destination, why: MessageReason): void {
    this.#call.enter(new MessageStage(this.#call, waiting, box, why));
  }

  /** A colleague's phone knows busy and the like by itself; everybody else is told. */
  refuse(waiting: Side, failure: CallFailure): void {
    const answered = this.#call.isAnswered(waiting.leg);
    const spoken = spokenToPhones.includes(failure.kind);
    if (!answered && waiting.personId !== undefined && !spoken) {
      this.#call.reject(waiting.leg, failure);
      return this.#call.end({ outcome: 'failed', by: 'system', failure: failure.kind });
    }
    this.#call.enter(new AnnounceStage(this.#call, waiting, this.#announcement(failure), failure));
  }

  #forward(waiting: Side, target: RingTarget, dialled: string, trail: Trail): boolean {
    if (target.kind !== 'person') return false;
    const way = forwardedWay(this.#call, waiting, target.person, dialled, trail);
    if (way) this.follow(waiting, way, [...trail, target.person.id]);
    return way !== undefined;
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

/** What a phone cannot say by itself. */
const spokenToPhones: readonly CallFailure['kind'][] = ['not-in-service', 'forbidden', 'trunk-failed'];
