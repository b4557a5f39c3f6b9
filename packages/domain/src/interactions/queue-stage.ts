import type { LegEvent, PlayItem } from '../calls/call-control.ts';
import { callFailures, type CallFailure } from '../calls/call-failure.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { OfferOutcome, OverflowReason } from '../events/hotline-events.ts';
import type { Hotline } from '../hotline/hotline.ts';
import type { Offer } from '../hotline/distribution.ts';
import type { Call } from './call.ts';
import type { CommandFailure } from './phone-state.ts';
import { callerView, hungUpBy, viewOf } from './phone-views.ts';
import { entryItems, positionInterval, positionItems } from './queue-announcements.ts';
import { Ringer } from './ringer.ts';
import type { Side } from './side.ts';
import type { PersonView, PhoneCommand, Stage } from './stage.ts';

interface OpenOffer {
  readonly offer: Offer;
  readonly ringer: Ringer;
  /** Monotonic milliseconds. */
  readonly since: number;
  /** Wall time when the caller entered the queue. */
  readonly queuedAt: number;
  /** The agent's side once their phone has answered, until the hotline confirms. */
  answered?: Side;
}

/** Greeting, then the queue: music, spoken position, offers to agents. */
export class QueueStage implements Stage {
  readonly #call: Call;
  readonly #waiting: Side;
  readonly #hotline: Hotline;
  readonly #greeting: boolean;
  #open: OpenOffer | undefined;
  #lastPosition = Number.POSITIVE_INFINITY;

  constructor(call: Call, waiting: Side, hotline: Hotline, options: { readonly greeting: boolean }) {
    this.#call = call;
    this.#waiting = waiting;
    this.#hotline = hotline;
    this.#greeting = options.greeting;
  }

  enter(): void {
    // An agent whose caller passed them on to another hotline waits there as everybody does.
    this.#call.endService();
    const { hotlines } = this.#call.house;
    const refusal = hotlines.refusalOf(this.#hotline.id);
    if (refusal) {
      hotlines.turnAway(this.#call.start.tenantId, this.#call.id, this.#hotline.id, refusal);
      return this.#toMessage(refusal, this.#greeting);
    }
    this.#call.answer(this.#waiting.leg);
    if (!this.#greeting) return this.#queue();
    const greeting: PlayItem = { kind: 'prompt', name: 'greeting', language: this.#hotline.language };
    this.#call.play(this.#waiting.leg, [greeting], () => this.#queue());
  }

  onLegEvent(event: LegEvent): void {
    if (event.leg !== this.#waiting.leg) return this.#onAgentEvent(event);
    if (event.kind === 'ended') this.#abandon(hungUpBy(this.#waiting, event.by));
  }

  command(personId: string, command: PhoneCommand): CommandFailure | undefined {
    const isAgent = personId === this.#open?.offer.personId;
    if (!isAgent && personId !== this.#waiting.personId) return 'no-such-call';
    if (command.kind !== 'hang-up') return 'wrong-state';
    if (isAgent) this.#offerFailed(callFailures.declined);
    else this.#abandon('caller');
    return undefined;
  }

  views(): readonly PersonView[] {
    const { offer, queuedAt } = this.#open ?? {};
    const more = offer &&
      queuedAt !== undefined && { hotlineId: offer.hotlineId, waitedMilliseconds: offer.waitedMilliseconds, queuedAt };
    const ringing = viewOf(this.#call, offer?.personId, 'ringing', this.#waiting.shown, more || {});
    return [...callerView(this.#call, this.#waiting), ...ringing];
  }

  leave(): void {
    this.#stopRinging();
    this.#call.house.hotlines.leave(this.#call.start.tenantId, this.#call.id);
  }

  #queue(): void {
    const inStage = (task: () => void) => () => {
      this.#call.post(() => {
        if (this.#call.stage === this) task();
      });
    };
    this.#call.house.hotlines.enter(
      {
        callId: this.#call.id,
        tenantId: this.#call.start.tenantId,
        offered: (offer) => inStage(() => this.#offered(offer))(),
        accepted: (offerId) => inStage(() => this.#accepted(offerId))(),
        withdrawn: (offerId) => inStage(() => this.#withdrawn(offerId))(),
        overflowed: (reason) => inStage(() => this.#toMessage(reason, false))(),
      },
      this.#hotline.id,
    );
    const position = this.#position();
    if (position !== undefined) this.#announce(entryItems(position, this.#hotline.language));
  }

  /** Then music until the next announcement. */
  #announce(items: readonly PlayItem[]): void {
    this.#call.play(this.#waiting.leg, items, () => {
      this.#call.loop(this.#waiting.leg, { kind: 'music' });
      this.#call.after(positionInterval, () => {
        const position = this.#position();
        if (position !== undefined) this.#announce(positionItems(position, this.#hotline.language));
      });
    });
  }

  /** Never larger than what the caller heard before. */
  #position(): number | undefined {
    const position = this.#call.house.hotlines.positionOf(this.#call.start.tenantId, this.#call.id);
    if (position === undefined) return undefined;
    this.#lastPosition = Math.min(this.#lastPosition, position);
    return this.#lastPosition;
  }

  #offered(offer: Offer): void {
    const person = indexOf(this.#call.directory).person(offer.personId);
    if (!person) return this.#reportOffer(offer.offerId, 'unreachable');
    // Another call took the agent in the same moment: not their miss.
    if (this.#call.house.lines.isBusy(offer.personId)) return this.#reportOffer(offer.offerId, 'withdrawn');
    const options = {
      caller: this.#waiting.shown,
      isCaller: false,
      ringMilliseconds: offer.ringMilliseconds,
      subject: this.#hotline.name,
      interactionId: this.#call.id,
      manner: 'offered' as const,
    };
    const ringer = new Ringer(this.#call, { kind: 'person', person }, options, {
      answered: (side) => this.#answered(side),
      failed: (failure) => this.#offerFailed(failure),
    });
    const { clock } = this.#call.house;
    const queuedAt = Math.round(clock.now() - offer.waitedMilliseconds);
    this.#open = { offer, ringer, since: clock.monotonic(), queuedAt };
    ringer.start();
  }

  #onAgentEvent(event: LegEvent): void {
    const open = this.#open;
    if (!open) return;
    if (open.answered && event.kind === 'ended' && event.leg === open.answered.leg) {
      return this.#offerFailed(callFailures.unreachable);
    }
    open.ringer.onLegEvent(event);
  }

  #answered(side: Side): void {
    if (!this.#open) return;
    this.#open.answered = side;
    this.#call.house.hotlines.offerAnswered(this.#call.start.tenantId, this.#open.offer.offerId);
  }

  #accepted(offerId: string): void {
    const open = this.#open;
    if (open?.offer.offerId !== offerId || !open.answered) return;
    this.#open = undefined;
    const { hotlineId, personId } = open.offer;
    const rang = this.#call.house.clock.monotonic() - open.since;
    const waitedMilliseconds = Math.round(open.offer.waitedMilliseconds + rang);
    this.#call.service = { hotlineId, personId, queue: { waitedMilliseconds, queuedAt: open.queuedAt } };
    this.#call.flow.connect(this.#waiting, open.answered);
  }

  #withdrawn(offerId: string): void {
    if (this.#open?.offer.offerId === offerId) this.#stopRinging();
  }

  #offerFailed(failure: CallFailure): void {
    const open = this.#open;
    if (!open) return;
    this.#stopRinging(failure);
    this.#reportOffer(open.offer.offerId, outcomeOf(failure));
  }

  #reportOffer(offerId: string, outcome: Exclude<OfferOutcome, 'answered'>): void {
    this.#call.house.hotlines.offerEnded(this.#call.start.tenantId, offerId, outcome);
  }

  #stopRinging(failure?: CallFailure): void {
    const open = this.#open;
    this.#open = undefined;
    open?.ringer.cancel(failure);
    if (!open?.answered) return;
    this.#call.hangUp(open.answered.leg);
    this.#call.vacate(open.offer.personId);
  }

  #toMessage(reason: OverflowReason, greeting: boolean): void {
    // Deleted meanwhile: a message for it would reach nobody.
    const isThere = indexOf(this.#call.directory).hotline(this.#hotline.id) !== undefined;
    if (!isThere) return this.#call.flow.refuse(this.#waiting, callFailures.unreachable);
    const prompt = reason === 'closed' ? 'outside-opening-hours' : 'nobody-available';
    const { id: hotlineId, language } = this.#hotline;
    this.#call.flow.message(this.#waiting, { kind: 'hotline', hotlineId }, { prompt, greeting, language });
  }

  #abandon(by: 'caller' | 'callee' | 'system'): void {
    this.#call.end({ outcome: 'abandoned', by });
  }
}

function outcomeOf(failure: CallFailure): Exclude<OfferOutcome, 'answered'> {
  if (failure.kind === 'declined' || failure.kind === 'busy') return 'declined';
  return failure.kind === 'no-answer' ? 'no-answer' : 'unreachable';
}
