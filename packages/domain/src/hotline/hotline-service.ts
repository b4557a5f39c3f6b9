import { TypedEmitter, type Clock, type Logger, type RandomSource, type Timers } from '@amtsleitung/base';
import type { Reachability } from '../calls/call-control.ts';
import type { LineOccupancy } from '../calls/line-occupancy.ts';
import type { OfferOutcome, OverflowReason, WrapUpOutcome } from '../events/hotline-events.ts';
import type { EventLog } from '../events/event.ts';
import { EventWriter } from '../events/event-writer.ts';
import { isOpen } from '../schedule/is-open.ts';
import type { AgentDesk, HotlineLive, MyHotlines } from './agent-desk.ts';
import type { AgentLoginStore } from './agent-login-store.ts';
import type { Touched } from './hall.ts';
import { liveHotlines, myHotlines } from './hotline-views.ts';
import type { HotlineSetup, HotlineSource } from './hotline-source.ts';
import { LoginWriter } from './login-writer.ts';
import type { QueuedCall } from './queued-call.ts';
import { TenantHotlines } from './tenant-hotlines.ts';

export interface HotlineServiceParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly logger: Logger;
  readonly directory: HotlineSource;
  readonly reachability: Reachability;
  readonly lines: LineOccupancy;
  readonly events: EventLog;
  readonly logins: AgentLoginStore;
}

interface Tenant {
  readonly hotlines: TenantHotlines;
  readonly timeZone: string;
}

/** All tenants' hotlines: the desk of the agents, the queue of the calls, the live part of the board. */
export class HotlineService implements AgentDesk {
  readonly #parts: HotlineServiceParts;
  readonly #events: EventWriter;
  readonly #logins: LoginWriter;
  readonly #tenants = new Map<string, Tenant>();
  readonly #boardChanges: TypedEmitter<string>;
  readonly #screenChanges: TypedEmitter<{ tenantId: string; personId: string }>;
  readonly #agentChanges: TypedEmitter<{ tenantId: string; personId: string }>;
  readonly #stops: readonly (() => void)[];

  constructor(parts: HotlineServiceParts) {
    this.#parts = parts;
    this.#events = new EventWriter(parts.events, parts.clock, parts.random);
    this.#logins = new LoginWriter(parts.logins, parts.timers, parts.logger);
    const onError = (error: unknown) => parts.logger.error('hotline listener failed', { error: String(error) });
    this.#boardChanges = new TypedEmitter(onError);
    this.#screenChanges = new TypedEmitter(onError);
    this.#agentChanges = new TypedEmitter(onError);
    for (const setup of parts.directory.all()) this.#configure(setup);
    this.#stops = [
      parts.directory.onChange((setup) => this.#configure(setup)),
      parts.reachability.onChange((personId, reachable) => {
        for (const tenant of this.#all()) tenant.post({ kind: 'reachable', personId, reachable });
      }),
      parts.lines.onChange((personId) => {
        const busy = parts.lines.isBusy(personId);
        for (const tenant of this.#all()) tenant.post({ kind: 'busy', personId, busy });
      }),
    ];
  }

  /** Logs in whoever was logged in before the restart. Call once, after the directory is loaded. */
  async restore(): Promise<void> {
    const { logins, paused } = await this.#parts.logins.loadAll();
    for (const { tenantId, personId, hotlineId, loggedIn } of logins) {
      this.#tenants.get(tenantId)?.hotlines.post({ kind: 'login', personId, hotlineId, loggedIn });
    }
    for (const personId of paused) {
      const tenant = this.#tenantOfMember(personId);
      tenant?.hotlines.post({ kind: 'pause', personId, paused: true });
    }
  }

  /** Stops timers and waits until logins are stored. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    for (const tenant of this.#all()) tenant.close();
    await this.#logins.flushed();
  }

  setLogin(personId: string, hotlineId: string, loggedIn: boolean): boolean {
    const found = this.#tenantOfHotline(hotlineId);
    if (!found?.hotlines.hall.hotline(hotlineId)?.memberIds.includes(personId)) return false;
    const { tenantId, hotlines } = found;
    const already = hotlines.hall.agent(personId)?.hotlineIds.has(hotlineId) ?? false;
    if (already === loggedIn) return true;
    this.#events.write(tenantId, { kind: loggedIn ? 'agent-logged-in' : 'agent-logged-out', personId, hotlineId });
    this.#logins.login({ tenantId, personId, hotlineId, loggedIn });
    hotlines.post({ kind: 'login', personId, hotlineId, loggedIn });
    return true;
  }

  setPaused(personId: string, paused: boolean): void {
    const tenant = this.#tenantOfMember(personId);
    if (!tenant || this.isPaused(personId) === paused) return;
    this.#events.write(tenant.tenantId, { kind: paused ? 'agent-paused' : 'agent-resumed', personId });
    this.#logins.pause(tenant.tenantId, personId, paused);
    tenant.hotlines.post({ kind: 'pause', personId, paused });
  }

  finishWrapUp(personId: string, outcome?: WrapUpOutcome): boolean {
    const tenant = this.#all().find(({ hall }) => hall.agent(personId)?.wrapUp);
    tenant?.post({ kind: 'wrap-up-done', personId, ...(outcome === undefined ? {} : { outcome }) });
    return tenant !== undefined;
  }

  isPaused(personId: string): boolean {
    return this.#all().some(({ hall }) => hall.agent(personId)?.paused);
  }

  /** `endsAt`: wall time in milliseconds. */
  wrapUpOf(personId: string): { callId: string; hotlineId: string; endsAt: number } | undefined {
    const { clock } = this.#parts;
    for (const { hall } of this.#all()) {
      const wrapUp = hall.agent(personId)?.wrapUp;
      if (!wrapUp) continue;
      const { callId, hotlineId } = wrapUp;
      return { callId, hotlineId, endsAt: Math.round(clock.now() + wrapUp.endsAt - clock.monotonic()) };
    }
    return undefined;
  }

  myHotlines(personId: string): MyHotlines {
    return myHotlines(
      this.#all().map(({ hall }) => hall),
      personId,
    );
  }

  onMyHotlines(listener: (tenantId: string, personId: string) => void): () => void {
    return this.#screenChanges.listen(({ tenantId, personId }) => listener(tenantId, personId));
  }

  /** Only when the agent's own state changes (pause, wrap-up …), not with every call that waits. */
  onAgentChange(listener: (tenantId: string, personId: string) => void): () => void {
    return this.#agentChanges.listen(({ tenantId, personId }) => listener(tenantId, personId));
  }

  boardOf(tenantId: string): readonly HotlineLive[] {
    const tenant = this.#tenants.get(tenantId);
    if (!tenant) return [];
    const { clock, lines } = this.#parts;
    const isTalking = (personId: string) => lines.isTalking(personId);
    return liveHotlines(tenant.hotlines.hall, (id) => this.isOpen(id), isTalking, clock.monotonic());
  }

  onBoard(listener: (tenantId: string) => void): () => void {
    return this.#boardChanges.listen(listener);
  }

  isOpen(hotlineId: string): boolean {
    const found = this.#tenantOfHotline(hotlineId);
    const hotline = found?.hotlines.hall.hotline(hotlineId);
    return !!found && !!hotline && isOpen(hotline.openingHours, found.timeZone, this.#parts.clock.now());
  }

  /** Why a caller could not wait here right now; undefined: may enter. */
  refusalOf(hotlineId: string): Extract<OverflowReason, 'closed' | 'nobody-logged-in'> | undefined {
    if (!this.isOpen(hotlineId)) return 'closed';
    const now = this.#parts.clock.monotonic();
    const anyone = this.#tenantOfHotline(hotlineId)?.hotlines.hall.anyoneThere(hotlineId, now);
    return anyone ? undefined : 'nobody-logged-in';
  }

  /** Records a caller who was never let into the queue. */
  turnAway(tenantId: string, callId: string, hotlineId: string, reason: OverflowReason): void {
    this.#events.write(tenantId, { kind: 'hotline-overflowed', callId, hotlineId, reason, waitMilliseconds: 0 });
  }

  enter(call: QueuedCall, hotlineId: string): void {
    const tenant = this.#tenants.get(call.tenantId);
    if (tenant) tenant.hotlines.enter(call, hotlineId);
    else call.overflowed('closed');
  }

  /** The caller is gone; harmless when it is not waiting. */
  leave(tenantId: string, callId: string): void {
    this.#tenants.get(tenantId)?.hotlines.leave(callId);
  }

  offerAnswered(tenantId: string, offerId: string): void {
    this.#tenants.get(tenantId)?.hotlines.post({ kind: 'offer-answered', offerId });
  }

  offerEnded(tenantId: string, offerId: string, outcome: Exclude<OfferOutcome, 'answered'>): void {
    this.#tenants.get(tenantId)?.hotlines.post({ kind: 'offer-ended', offerId, outcome });
  }

  /** The agent's part of the call is over: wrap-up begins. Harmless for calls that are not this agent's hotline call. */
  agentDone(tenantId: string, personId: string, callId: string): void {
    this.#tenants.get(tenantId)?.hotlines.post({ kind: 'agent-done', personId, callId });
  }

  /** The agent's line broke: free without wrap-up; the caller's old place waits for `enter`. */
  agentLost(tenantId: string, personId: string, callId: string): void {
    this.#tenants.get(tenantId)?.hotlines.post({ kind: 'agent-lost', personId, callId });
  }

  /** The call has ended: whoever it still keeps, by whatever mishap, is free. */
  callOver(tenantId: string, callId: string): void {
    this.#tenants.get(tenantId)?.hotlines.post({ kind: 'call-over', callId });
  }

  /** 1 = next; undefined when the call does not wait. */
  positionOf(tenantId: string, callId: string): number | undefined {
    const hall = this.#tenants.get(tenantId)?.hotlines.hall;
    return hall?.positionOf(callId);
  }

  #configure({ tenant: { id: tenantId, timeZone }, hotlines }: HotlineSetup): void {
    const known = this.#tenants.get(tenantId)?.hotlines;
    const own = known ?? this.#newTenant(tenantId);
    this.#tenants.set(tenantId, { hotlines: own, timeZone });
    own.post({ kind: 'configured', hotlines });
  }

  #newTenant(tenantId: string): TenantHotlines {
    const { clock, timers, random, logger, reachability, lines } = this.#parts;
    const onChange = (touched: Touched) => this.#announce(tenantId, touched);
    return new TenantHotlines({
      ...{ tenantId, clock, timers, random, logger, reachability, lines, onChange },
      events: this.#events,
    });
  }

  /** Tells listeners whose view is different now: a waiting call shows on every member's screen. */
  #announce(tenantId: string, { people, hotlines }: Touched): void {
    const hall = this.#tenants.get(tenantId)?.hotlines.hall;
    const members = [...hotlines].flatMap((id) => hall?.hotline(id)?.memberIds ?? []);
    for (const personId of people) this.#agentChanges.emit({ tenantId, personId });
    for (const personId of new Set([...people, ...members])) this.#screenChanges.emit({ tenantId, personId });
    if (hotlines.size > 0) this.#boardChanges.emit(tenantId);
  }

  #all(): readonly TenantHotlines[] {
    return [...this.#tenants.values()].map(({ hotlines }) => hotlines);
  }

  #tenantOfHotline(hotlineId: string): (Tenant & { tenantId: string }) | undefined {
    for (const [tenantId, tenant] of this.#tenants) {
      if (tenant.hotlines.hall.hotline(hotlineId)) return { tenantId, ...tenant };
    }
    return undefined;
  }

  #tenantOfMember(personId: string): (Tenant & { tenantId: string }) | undefined {
    for (const [tenantId, tenant] of this.#tenants) {
      const member = tenant.hotlines.hall.hotlines.some(({ memberIds }) => memberIds.includes(personId));
      if (member) return { tenantId, ...tenant };
    }
    return undefined;
  }
}
