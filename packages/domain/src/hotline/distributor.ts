import type { HotlineEvent, OfferOutcome, OverflowReason, WrapUpOutcome } from '../events/hotline-events.ts';
import { changeAgent, newAgent, type AgentState } from './agent-state.ts';
import { chooseOffers } from './choose-offers.ts';
import type { DistributionEffect, DistributionInput } from './distribution.ts';
import { Hall } from './hall.ts';
import type { Hotline } from './hotline.ts';
import type { OpenOffer, WaitingCall } from './waiting-call.ts';

/** What the distributor asks of its surroundings; all of it repeatable in tests. */
export interface DistributorSurroundings {
  newOfferId(): string;
  /** Wall time, shown as "waits since". */
  wallTime(): number;
  isReachable(personId: string): boolean;
  isBusy(personId: string): boolean;
}

/** Time for the outcome of an offer to arrive after its ringing is over. */
const leaseSlack = 5_000;
/** Keeps a phone that refuses at once from being asked in a loop. */
const shortestRest = 1_000;

/**
 * One tenant's hotlines: who waits, who is ready, who is offered what. Single writer: takes inputs one at a time and
 * answers with effects as data. Holds no timer, no phone and no store. Times are monotonic milliseconds.
 */
export class Distributor {
  readonly #surroundings: DistributorSurroundings;
  readonly hall = new Hall();
  #order = 0;
  /** Places of callers whose agent's line broke, until they enter again or are gone. */
  readonly #places = new Map<string, number>();
  #effects: DistributionEffect[] = [];

  constructor(surroundings: DistributorSurroundings) {
    this.#surroundings = surroundings;
  }

  apply(input: DistributionInput, now: number): readonly DistributionEffect[] {
    this.#effects = [];
    this.#take(input, now);
    this.#endExpired(now);
    this.#overflow(now);
    this.#offer(now);
    return this.#effects;
  }

  #take(input: DistributionInput, now: number): void {
    switch (input.kind) {
      case 'configured':
        return this.#configure(input.hotlines, now);
      case 'login':
        return this.#setLogin(input.personId, input.hotlineId, input.loggedIn, now);
      case 'pause':
        this.#change(input.personId, { paused: input.paused }, now);
        return this.#withdrawFromUnwilling(input.personId, now);
      case 'reachable':
        this.#changeKnown(input.personId, { reachable: input.reachable }, now);
        return input.reachable ? undefined : this.#withdraw(input.personId, 'unreachable', now);
      case 'busy':
        return this.#changeKnown(input.personId, { busy: input.busy }, now);
      case 'entered':
        return this.#enter(input.callId, input.hotlineId, now);
      case 'left':
        return this.#leave(input.callId, now);
      case 'offer-answered':
        return this.#answer(input.offerId, now);
      case 'offer-ended':
        return this.#endOffer(input.offerId, input.outcome, now);
      case 'agent-done':
        return this.#startWrapUp(input.personId, input.callId, now);
      case 'agent-lost':
        return this.#loseAgent(input.personId, input.callId, now);
      case 'call-over':
        this.#places.delete(input.callId);
        for (const { personId } of this.hall.agents) this.#startWrapUp(personId, input.callId, now);
        return;
      case 'wrap-up-done':
        return this.#endWrapUp(input.personId, now, input.outcome);
      case 'tick':
        return;
    }
  }

  #configure(hotlines: readonly Hotline[], now: number): void {
    this.hall.replaceHotlines(hotlines);
    for (const agent of this.hall.agents) {
      const kept = [...agent.hotlineIds].filter((id) => this.hall.isMember(agent.personId, id));
      if (kept.length === agent.hotlineIds.size) continue;
      this.#change(agent.personId, { hotlineIds: new Set(kept) }, now);
      this.#withdrawFromUnwilling(agent.personId, now);
    }
  }

  #setLogin(personId: string, hotlineId: string, loggedIn: boolean, now: number): void {
    if (loggedIn && !this.hall.isMember(personId, hotlineId)) return;
    const hotlineIds = new Set(this.hall.agent(personId)?.hotlineIds);
    if (loggedIn) hotlineIds.add(hotlineId);
    else hotlineIds.delete(hotlineId);
    this.hall.touchHotline(hotlineId);
    this.#change(personId, { hotlineIds }, now);
    this.#withdrawFromUnwilling(personId, now);
  }

  /** Pausing or logging out while it rings gives the caller back to the head of the queue. */
  #withdrawFromUnwilling(personId: string, now: number): void {
    const agent = this.hall.agent(personId);
    const call = this.#offeredTo(personId);
    if (call && agent && (agent.paused || !agent.hotlineIds.has(call.hotlineId))) {
      this.#withdraw(personId, 'withdrawn', now);
    }
  }

  #withdraw(personId: string, outcome: 'withdrawn' | 'unreachable', now: number): void {
    const { callId, offer } = this.#offeredTo(personId) ?? {};
    if (callId === undefined || !offer) return;
    this.#endOffer(offer.offerId, outcome, now);
    this.#effects.push({ kind: 'withdraw', callId, offerId: offer.offerId });
  }

  #offeredTo(personId: string): WaitingCall | undefined {
    return this.hall.waiting().find(({ offer }) => offer?.personId === personId);
  }

  #enter(callId: string, hotlineId: string, now: number): void {
    if (this.hall.call(callId)) return;
    const since = this.#surroundings.wallTime();
    const order = this.#places.get(callId) ?? this.#order++;
    this.#places.delete(callId);
    const call = { callId, hotlineId, order, enteredAt: now, since, tried: new Set<string>() };
    if (!this.hall.hotline(hotlineId)) return this.#turnAway(call, 'closed', now);
    if (!this.hall.anyoneThere(hotlineId, now)) return this.#turnAway(call, 'nobody-logged-in', now);
    this.hall.putCall(call);
    this.#event({ kind: 'hotline-queued', callId, hotlineId, position: this.hall.positionOf(callId) ?? 1 });
  }

  #leave(callId: string, now: number): void {
    const call = this.hall.call(callId);
    if (!call) return;
    if (call.offer) this.#closeOffer(call, call.offer, 'withdrawn', now);
    this.hall.removeCall(call);
    const waitMilliseconds = waited(call, now);
    this.#event({ kind: 'hotline-abandoned', callId, hotlineId: call.hotlineId, waitMilliseconds });
  }

  #answer(offerId: string, now: number): void {
    const call = this.hall.callOfOffer(offerId);
    if (!call?.offer) return;
    const { callId, hotlineId } = call;
    const { personId } = call.offer;
    this.#closeOffer(call, call.offer, 'answered', now);
    this.hall.removeCall(call);
    this.#change(personId, { call: { callId, hotlineId, order: call.order } }, now);
    const waitMilliseconds = waited(call, now);
    this.#event({ kind: 'hotline-answered', callId, hotlineId, personId, waitMilliseconds });
    this.#effects.push({ kind: 'accept', callId, offerId });
  }

  #endOffer(offerId: string, outcome: Exclude<OfferOutcome, 'answered'>, now: number): void {
    const call = this.hall.callOfOffer(offerId);
    if (!call?.offer) return;
    const { personId } = call.offer;
    this.#closeOffer(call, call.offer, outcome, now);
    if (outcome === 'withdrawn') return;
    // Who had no phone did not miss anything: asked again as soon as there is one.
    const isGone = outcome === 'unreachable' && !this.hall.agent(personId)?.reachable;
    const pause = isGone ? 0 : (this.hall.hotline(call.hotlineId)?.retryPauseSeconds ?? 0) * 1_000;
    this.#change(personId, { restUntil: now + Math.max(shortestRest, pause) }, now);
  }

  /** The only place where an offer ends: agent and call are freed together. */
  #closeOffer(call: WaitingCall, offer: OpenOffer, outcome: OfferOutcome, now: number): void {
    const { callId, hotlineId } = call;
    const { offerId, personId } = offer;
    this.hall.putCall({ ...call, offer: undefined, tried: new Set([...call.tried, personId]) });
    const agent = this.hall.agent(personId);
    if (agent?.offerId === offerId) this.hall.putAgent(changeAgent(agent, { offerId: undefined }, now));
    this.#event({ kind: 'hotline-offer-ended', callId, hotlineId, offerId, personId, outcome });
  }

  #startWrapUp(personId: string, callId: string, now: number): void {
    const agent = this.hall.agent(personId);
    if (agent?.call?.callId !== callId) return;
    const { call, ...rest } = agent;
    const { hotlineId } = call;
    const milliseconds = (this.hall.hotline(hotlineId)?.wrapUpSeconds ?? 0) * 1_000;
    if (milliseconds === 0) {
      this.hall.putAgent({ ...rest, lastDone: now });
      return;
    }
    const wrapUp = { callId, hotlineId, startedAt: now, endsAt: now + milliseconds };
    this.hall.putAgent({ ...rest, lastDone: now, wrapUp });
    this.#event({ kind: 'wrap-up-started', callId, hotlineId, personId });
  }

  #loseAgent(personId: string, callId: string, now: number): void {
    const agent = this.hall.agent(personId);
    if (agent?.call?.callId !== callId) return;
    const { call, ...rest } = agent;
    this.hall.putAgent({ ...rest, lastDone: now });
    this.#places.set(callId, call.order);
  }

  #endWrapUp(personId: string, now: number, outcome?: WrapUpOutcome): void {
    const agent = this.hall.agent(personId);
    if (!agent?.wrapUp) return;
    const { wrapUp, ...rest } = agent;
    const { callId, hotlineId } = wrapUp;
    this.hall.putAgent({ ...rest, lastDone: now });
    const milliseconds = Math.round(now - wrapUp.startedAt);
    const said = outcome === undefined ? {} : { outcome };
    this.#event({ kind: 'wrap-up-ended', callId, hotlineId, personId, ...said, milliseconds });
  }

  #endExpired(now: number): void {
    for (const { personId, wrapUp } of this.hall.agents)
      if (wrapUp && wrapUp.endsAt <= now) this.#endWrapUp(personId, now);
    for (const { callId, offer } of this.hall.waiting()) {
      if (!offer || offer.expiresAt > now) continue;
      this.#endOffer(offer.offerId, 'no-answer', now);
      this.#effects.push({ kind: 'withdraw', callId, offerId: offer.offerId });
    }
  }

  /** A call that is ringing somewhere is let ring: the answer may come any moment. */
  #overflow(now: number): void {
    for (const call of this.hall.waiting()) {
      if (call.offer) continue;
      if (!this.hall.hotline(call.hotlineId)) this.#turnAway(call, 'closed', now);
      else if (!this.hall.anyoneThere(call.hotlineId, now)) this.#turnAway(call, 'nobody-logged-in', now);
      else if (this.hall.longestWait(call) <= now) this.#turnAway(call, 'max-wait', now);
    }
  }

  #turnAway(call: WaitingCall, reason: OverflowReason, now: number): void {
    const { callId, hotlineId } = call;
    this.hall.removeCall(call);
    const waitMilliseconds = waited(call, now);
    this.#event({ kind: 'hotline-overflowed', callId, hotlineId, reason, waitMilliseconds });
    this.#effects.push({ kind: 'overflow', callId, reason });
  }

  #offer(now: number): void {
    if (this.hall.isEmpty) return;
    for (const { call, agent } of chooseOffers(this.hall.waiting(), this.hall.agents, now)) {
      const { callId, hotlineId } = call;
      const { personId } = agent;
      const offerId = this.#surroundings.newOfferId();
      const ringMilliseconds = (this.hall.hotline(hotlineId)?.ringSeconds ?? 0) * 1_000;
      const offer = { offerId, personId, expiresAt: now + ringMilliseconds + leaseSlack };
      this.hall.putCall({ ...call, offer });
      this.hall.putAgent({ ...agent, offerId });
      this.#event({ kind: 'hotline-offered', callId, hotlineId, offerId, personId });
      const waitedMilliseconds = waited(call, now);
      this.#effects.push({
        kind: 'offer',
        offer: { offerId, callId, hotlineId, personId, ringMilliseconds, waitedMilliseconds },
      });
    }
  }

  #change(personId: string, change: Partial<AgentState>, now: number): void {
    const { isReachable, isBusy } = this.#surroundings;
    const agent = this.hall.agent(personId) ?? newAgent(personId, isReachable(personId), isBusy(personId), now);
    this.hall.putAgent(changeAgent(agent, change, now));
  }

  #changeKnown(personId: string, change: Partial<AgentState>, now: number): void {
    if (this.hall.agent(personId)) this.#change(personId, change, now);
  }

  #event(facts: HotlineEvent): void {
    this.#effects.push({ kind: 'event', facts });
  }
}

/** Whole milliseconds; 0 only for a call that never queued. */
const waited = (call: WaitingCall, now: number): number => Math.ceil(now - call.enteredAt);
