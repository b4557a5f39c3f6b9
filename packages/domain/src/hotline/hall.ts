import { thereUntil, type AgentState } from './agent-state.ts';
import type { Hotline } from './hotline.ts';
import type { WaitingCall } from './waiting-call.ts';

/** Whose view of the hotlines differs since the last look. */
export interface Touched {
  readonly people: Set<string>;
  readonly hotlines: Set<string>;
}

/** Everybody in the hotlines of one tenant, callers and agents, and what changed. Only the distributor writes. */
export class Hall {
  readonly #hotlines = new Map<string, Hotline>();
  readonly #agents = new Map<string, AgentState>();
  /** In order of arrival. */
  readonly #calls = new Map<string, WaitingCall>();
  readonly #touched: Touched = { people: new Set(), hotlines: new Set() };

  hotline(hotlineId: string): Hotline | undefined {
    return this.#hotlines.get(hotlineId);
  }

  get hotlines(): readonly Hotline[] {
    return [...this.#hotlines.values()];
  }

  agent(personId: string): AgentState | undefined {
    return this.#agents.get(personId);
  }

  get agents(): readonly AgentState[] {
    return [...this.#agents.values()];
  }

  call(callId: string): WaitingCall | undefined {
    return this.#calls.get(callId);
  }

  get isEmpty(): boolean {
    return this.#calls.size === 0;
  }

  /** Oldest first. */
  waiting(hotlineId?: string): readonly WaitingCall[] {
    return [...this.#calls.values()].filter((call) => hotlineId === undefined || call.hotlineId === hotlineId);
  }

  /** 1 = next; undefined when the call does not wait. */
  positionOf(callId: string): number | undefined {
    const call = this.#calls.get(callId);
    return call && this.waiting(call.hotlineId).indexOf(call) + 1;
  }

  callOfOffer(offerId: string): WaitingCall | undefined {
    return this.waiting().find((call) => call.offer?.offerId === offerId);
  }

  /** Somebody is logged in and has a phone, or had one a moment ago. */
  anyoneThere(hotlineId: string, now: number): boolean {
    return this.agents.some((agent) => agent.hotlineIds.has(hotlineId) && now < thereUntil(agent));
  }

  isMember(personId: string, hotlineId: string): boolean {
    return this.#hotlines.get(hotlineId)?.memberIds.includes(personId) ?? false;
  }

  /** When this call has waited long enough to leave a message instead. */
  longestWait(call: WaitingCall): number {
    return call.enteredAt + (this.#hotlines.get(call.hotlineId)?.maxWaitSeconds ?? 0) * 1_000;
  }

  /** When something is due next; undefined: nothing. */
  nextWake(now: number): number | undefined {
    const wakes: number[] = [];
    for (const call of this.#calls.values()) wakes.push(call.offer?.expiresAt ?? this.longestWait(call));
    for (const agent of this.#agents.values()) {
      if (agent.wrapUp) wakes.push(agent.wrapUp.endsAt);
      else if (agent.restUntil > now && this.#calls.size > 0) wakes.push(agent.restUntil);
      if (thereUntil(agent) > now && this.#calls.size > 0) wakes.push(thereUntil(agent));
    }
    const next = wakes.reduce((left, right) => Math.min(left, right), Number.POSITIVE_INFINITY);
    return Number.isFinite(next) ? next : undefined;
  }

  replaceHotlines(hotlines: readonly Hotline[]): void {
    this.#hotlines.clear();
    for (const hotline of hotlines) {
      this.#hotlines.set(hotline.id, hotline);
      this.touchHotline(hotline.id);
      for (const personId of hotline.memberIds) this.#touched.people.add(personId);
    }
  }

  putAgent(agent: AgentState): void {
    this.#agents.set(agent.personId, agent);
    this.#touched.people.add(agent.personId);
    for (const hotlineId of agent.hotlineIds) this.touchHotline(hotlineId);
  }

  putCall(call: WaitingCall): void {
    const isNew = !this.#calls.has(call.callId);
    this.#calls.set(call.callId, call);
    if (isNew) this.#restoreOrder(call.order);
    this.touchHotline(call.hotlineId);
  }

  removeCall(call: WaitingCall): void {
    this.#calls.delete(call.callId);
    this.touchHotline(call.hotlineId);
  }

  /** Somebody who comes back to an old place stands before those who came later. */
  #restoreOrder(newOrder: number): void {
    const later = [...this.#calls.values()].filter(({ order }) => order > newOrder);
    for (const call of later) {
      this.#calls.delete(call.callId);
      this.#calls.set(call.callId, call);
    }
  }

  touchHotline(hotlineId: string): void {
    this.#touched.hotlines.add(hotlineId);
  }

  /** What has changed since the last call of this. */
  takeTouched(): Touched {
    const touched = { people: new Set(this.#touched.people), hotlines: new Set(this.#touched.hotlines) };
    this.#touched.people.clear();
    this.#touched.hotlines.clear();
    return touched;
  }
}
