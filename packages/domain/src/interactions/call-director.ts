import { newId, type Clock, type Logger, type RandomSource, type Timers } from '@amtsleitung/base';
import type { CallControl, LegEvent, LegId, Reachability } from '../calls/call-control.ts';
import { callFailures } from '../calls/call-failure.ts';
import type { LineOccupancy } from '../calls/line-occupancy.ts';
import { CallGuard, defaultGuardLimits, type GuardLimits } from '../dialplan/call-guard.ts';
import { shownFromTrunk, shownToColleagues } from '../dialplan/office-number.ts';
import { routeCall, type RouteDecision } from '../dialplan/route-call.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { Person } from '../directory/person.ts';
import type { DirectorySource, TownDirectory } from '../directory/town-directory.ts';
import type { EventLog } from '../events/event.ts';
import { EventWriter } from '../events/event-writer.ts';
import type { HotlineService } from '../hotline/hotline-service.ts';
import { Call, type CallObserver, type CallStart } from './call.ts';
import type { CallHouse } from './call-house.ts';
import { callStart, publishArrival, shownTarget } from './call-arrival.ts';
import { commandFailureOf } from './command-failure.ts';
import { OwnPhoneStage } from './own-phone-stage.ts';
import type { CommandFailure, CommandResult, PhoneCommands, PhoneState } from './phone-state.ts';
import { PhoneStates } from './phone-states.ts';
import type { Side } from './side.ts';
import type { PhoneCommand } from './stage.ts';
import { Stages } from './stages.ts';

export interface CallDirectorParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly logger: Logger;
  readonly control: CallControl;
  readonly directory: DirectorySource;
  readonly events: EventLog;
  readonly reachability: Reachability;
  readonly hotlines: HotlineService;
  readonly lines: LineOccupancy;
  /** Deletes the file of a recording that nobody will ever find: empty messages. */
  readonly discardRecording?: (file: string) => void;
  readonly guardLimits?: GuardLimits;
  /** Calls at once; further ones are refused with 503. Default 5000. */
  readonly maxCalls?: number;
}

/** Drives every call of the house: leg events and commands in, orders to the network and facts out. */
export class CallDirector implements PhoneCommands {
  readonly #house: CallHouse;
  readonly #maxCalls: number;
  readonly #legs = new Map<LegId, Call>();
  readonly #calls = new Map<string, { readonly call: Call; readonly legs: Set<LegId>; people: readonly string[] }>();
  readonly #states: PhoneStates;
  readonly #stop: () => void;
  readonly #observer: CallObserver = {
    legOpened: (leg, call) => {
      this.#legs.set(leg, call);
      this.#calls.get(call.id)?.legs.add(leg);
    },
    legClosed: (leg) => this.#legs.delete(leg),
    changed: (call) => this.#changed(call),
  };

  constructor(parts: CallDirectorParts) {
    const { events, guardLimits, maxCalls, discardRecording, ...house } = parts;
    this.#house = {
      ...house,
      events: new EventWriter(events, parts.clock, parts.random),
      guard: new CallGuard(parts.clock, guardLimits ?? defaultGuardLimits),
      discardRecording: discardRecording ?? (() => {}),
    };
    this.#maxCalls = maxCalls ?? 5_000;
    this.#states = new PhoneStates(
      (personId) => parts.hotlines.wrapUpOf(personId),
      (error) => parts.logger.error('phone state listener failed', { error: String(error) }),
    );
    this.#stop = parts.hotlines.onAgentChange((tenantId, personId) => this.#states.refreshWrapUp(tenantId, personId));
  }

  get activeCalls(): number {
    return this.#calls.size;
  }

  /** Takes one event of the network. Never throws; an event for an unknown leg is dropped. */
  handle(event: LegEvent): void {
    if (event.kind === 'incoming') return this.#incoming(event);
    const call = this.#legs.get(event.leg);
    call?.post(() => call.onLegEvent(event));
  }

  /** A clean stop: ends every call as interrupted. */
  close(): void {
    this.#stop();
    for (const { call } of [...this.#calls.values()]) {
      call.post(() => call.end({ outcome: 'interrupted', by: 'system', failure: 'interrupted' }));
    }
  }

  dial(personId: string, to: string): CommandResult {
    const { directory, person } = this.#findPerson(personId) ?? {};
    if (!directory || !person) return failed('not-permitted');
    const decision = routeCall(directory, { origin: { kind: 'device', personId }, dialled: to });
    if (decision.kind === 'refused') return failed(commandFailureOf(decision.failure));
    const obstacle = this.#obstacleTo(personId, decision);
    if (obstacle) return failed(obstacle);
    const call = this.#newCall(callStart(this.#newIds(), directory, decision, { personId }));
    let failure: CommandFailure | undefined;
    call.post(() => {
      if (decision.kind === 'outside' && !call.reserve(personId, decision)) failure = 'limit-reached';
      if (failure) return this.#forget(call);
      call.target = shownTarget(directory, decision);
      publishArrival(call, decision);
      call.enter(new OwnPhoneStage(call, person, decision));
    });
    return failure ? failed(failure) : { ok: true, callId: call.id };
  }

  hold(personId: string, callId: string): CommandResult {
    return this.#command(personId, callId, { kind: 'hold' });
  }

  resume(personId: string, callId: string): CommandResult {
    return this.#command(personId, callId, { kind: 'resume' });
  }

  transfer(personId: string, callId: string, to: string): CommandResult {
    return this.#command(personId, callId, { kind: 'transfer', to });
  }

  hangUp(personId: string, callId: string): CommandResult {
    return this.#command(personId, callId, { kind: 'hang-up' });
  }

  phoneState(personId: string): PhoneState {
    return this.#states.stateOf(personId);
  }

  onPhoneState(listener: (tenantId: string, state: PhoneState) => void): () => void {
    return this.#states.onChange(listener);
  }

  #command(personId: string, callId: string, command: PhoneCommand): CommandResult {
    const call = this.#calls.get(callId)?.call;
    if (!call) return failed('no-such-call');
    let failure: CommandFailure | undefined;
    call.post(() => {
      failure = call.stage ? call.stage.command(personId, command) : 'no-such-call';
    });
    return failure ? failed(failure) : { ok: true, callId };
  }

  #incoming(event: Extract<LegEvent, { kind: 'incoming' }>): void {
    if (this.#legs.has(event.leg)) return;
    const directory = this.#house.directory.byTenant(event.tenantId);
    if (!directory) return this.#house.control.reject(event.leg, callFailures['not-in-service']);
    const { origin } = event;
    const person = origin.kind === 'device' ? indexOf(directory).person(origin.personId) : undefined;
    const decision = routeCall(directory, { origin, dialled: event.dialled });
    if (this.#isFull(decision)) return this.#house.control.reject(event.leg, callFailures.overloaded);
    const from = origin.kind === 'device' ? { personId: origin.personId } : { trunkId: origin.trunkId };
    // Named after the leg that brought it: whoever traces the leg knows the call.
    const ids = { ...this.#newIds(), id: event.leg };
    const call = this.#newCall(callStart(ids, directory, decision, from));
    call.post(() => this.#begin(call, event, directory, decision, person));
  }

  #begin(
    call: Call,
    event: Extract<LegEvent, { kind: 'incoming' }>,
    directory: TownDirectory,
    decision: RouteDecision,
    person: Person | undefined,
  ): void {
    call.openLeg(event.leg);
    const isDevice = event.origin.kind === 'device';
    const shown = person ? shownToColleagues(directory, person) : isDevice ? {} : shownFromTrunk(event.caller);
    const side: Side = { leg: event.leg, shown, isCaller: true, ...(person ? { personId: person.id } : {}) };
    call.target = shownTarget(directory, decision);
    publishArrival(call, decision, shown, event.origin);
    if (person) call.occupy(person.id, 'talking');
    const overLimit = decision.kind === 'outside' && person && !call.reserve(person.id, decision);
    if (overLimit) call.flow.refuse(side, callFailures.overloaded);
    else call.flow.follow(side, decision);
  }

  #newCall(start: CallStart): Call {
    const call: Call = new Call(start, this.#house, this.#observer, () => stages);
    const stages = new Stages(call);
    this.#calls.set(call.id, { call, legs: new Set(), people: [] });
    return call;
  }

  #changed(call: Call): void {
    const entry = this.#calls.get(call.id);
    if (!entry) return;
    const views = call.ended ? [] : (call.stage?.views() ?? []);
    entry.people = this.#states.showCall(call.start.tenantId, call.id, entry.people, views);
    if (call.ended) this.#forget(call);
  }

  #forget(call: Call): void {
    for (const leg of this.#calls.get(call.id)?.legs ?? []) this.#legs.delete(leg);
    this.#calls.delete(call.id);
  }

  #isFull(decision: RouteDecision): boolean {
    return decision.kind !== 'emergency' && this.#calls.size >= this.#maxCalls;
  }

  /** Why a person's screen cannot start this call now. Nothing but a missing phone stands in the way of an emergency. */
  #obstacleTo(personId: string, decision: RouteDecision): CommandFailure | undefined {
    if (!this.#house.reachability.isReachable(personId)) return 'not-reachable';
    if (this.#isFull(decision)) return 'limit-reached';
    return decision.kind !== 'emergency' && this.#isTaken(personId) ? 'busy' : undefined;
  }

  /** Ringing, or in a call that is not on hold: a second one of their own making would cut in. */
  #isTaken(personId: string): boolean {
    const held = this.#states.stateOf(personId).calls.filter(({ state }) => state === 'held').length;
    return this.#house.lines.callsOf(personId).length > held;
  }

  #findPerson(personId: string): { directory: TownDirectory; person: Person } | undefined {
    for (const directory of this.#house.directory.all()) {
      const person = indexOf(directory).person(personId);
      if (person) return { directory, person };
    }
    return undefined;
  }

  #newIds(): { readonly id: string; readonly partyId: string } {
    const { clock, random } = this.#house;
    return { id: newId(clock, random), partyId: newId(clock, random) };
  }
}

const failed = (failure: CommandFailure): CommandResult => ({ ok: false, failure });
