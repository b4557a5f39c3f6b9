import { newId, type Clock, type Logger, type RandomSource, type Timers } from '@amtsleitung/base';
import type { CallControl, LegEvent, LegOrigin, Reachability } from '../calls/call-control.ts';
import { callFailures } from '../calls/call-failure.ts';
import type { LineOccupancy } from '../calls/line-occupancy.ts';
import { CallGuard } from '../dialplan/call-guard.ts';
import { shownFromTrunk, shownToColleagues } from '../dialplan/office-number.ts';
import { routeCall, type RouteDecision } from '../dialplan/route-call.ts';
import { isUnattended } from '../dialplan/unattended-device.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { Person } from '../directory/person.ts';
import type { DirectorySource, TownDirectory } from '../directory/town-directory.ts';
import type { SpendHistory } from '../events/event-store.ts';
import type { EventLog } from '../events/event.ts';
import { EventWriter } from '../events/event-writer.ts';
import { parseFeature } from '../features/feature-codes.ts';
import type { HotDesk } from '../features/hot-desk.ts';
import { numberIn } from '../features/number-in.ts';
import type { ParkingLot } from '../features/parking-lot.ts';
import type { PhoneSettings } from '../features/phone-settings.ts';
import type { HotlineService } from '../hotline/hotline-service.ts';
import type { TrunkStates } from '../trunks/trunk-state.ts';
import type { Call } from './call.ts';
import type { CallHouse } from './call-house.ts';
import { callStart, publishArrival, shownTarget } from './call-arrival.ts';
import { CallTable } from './call-table.ts';
import { commandFailureOf } from './command-failure.ts';
import { FeatureDesk, type IncomingLeg } from './feature-desk.ts';
import { OwnPhoneStage } from './own-phone-stage.ts';
import type { CommandFailure, CommandResult, ParkResult, PhoneCommands, PhoneState } from './phone-state.ts';
import { PhoneStates } from './phone-states.ts';
import { callToPickUp, ringingAt } from './pick-up.ts';
import { restoreSpending } from './restore-spending.ts';
import type { Side } from './side.ts';
import type { PhoneCommand, Trail } from './stage.ts';
import { wayTo } from './way-to.ts';

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
  readonly trunkStates: Pick<TrunkStates, 'isUsable'>;
  readonly parking: ParkingLot;
  readonly settings: PhoneSettings;
  readonly hotDesk: HotDesk;
  /** Deletes the file of a recording that nobody will ever find: empty messages. */
  readonly discardRecording?: (file: string) => void;
  /** Calls at once; further ones are refused with 503. Default 5000. */
  readonly maxCalls?: number;
}

/** Drives every call of the house: leg events and commands in, orders to the network and facts out. */
export class CallDirector implements PhoneCommands {
  readonly #house: CallHouse;
  readonly #maxCalls: number;
  readonly #table: CallTable;
  readonly #features: FeatureDesk;
  readonly #states: PhoneStates;
  readonly #stop: () => void;

  constructor(parts: CallDirectorParts) {
    const { maxCalls, discardRecording, settings, hotDesk, ...house } = parts;
    const { clock, timers, directory } = parts;
    const events = new EventWriter(parts.events, clock, parts.random);
    this.#states = new PhoneStates(
      (personId) => parts.hotlines.wrapUpOf(personId),
      (error) => parts.logger.error('phone state listener failed', { error: String(error) }),
    );
    this.#table = new CallTable(this.#states);
    this.#house = {
      ...house,
      events,
      guard: new CallGuard({
        ...{ clock, timers, directory },
        onLimit: ({ tenantId, ...reached }) => events.write(tenantId, { kind: 'limit-reached', ...reached }),
      }),
      handOver: (from, personId, to) => this.#table.handOver(from, personId, to),
      discardRecording: discardRecording ?? (() => {}),
    };
    this.#features = new FeatureDesk({ house: this.#house, table: this.#table, settings, hotDesk });
    this.#maxCalls = maxCalls ?? 5_000;
    this.#stop = parts.hotlines.onAgentChange((tenantId, personId) => this.#states.refreshWrapUp(tenantId, personId));
  }

  get activeCalls(): number {
    return this.#table.size;
  }

  /** Counts today's spending on from what is stored. Call once, before the first call. */
  async restore(history: SpendHistory): Promise<void> {
    const { guard, directory, clock } = this.#house;
    await restoreSpending(history, guard, directory, clock.now());
  }

  /** Takes one event of the network. Never throws; an event for an unknown leg is dropped. */
  handle(event: LegEvent): void {
    if (event.kind === 'incoming') return this.#incoming(event);
    const call = this.#table.ofLeg(event.leg);
    call?.post(() => call.onLegEvent(event));
  }

  /** A clean stop: ends every call as interrupted. */
  close(): void {
    this.#stop();
    for (const call of this.#table.all()) {
      call.post(() => call.end({ outcome: 'interrupted', by: 'system', failure: 'interrupted' }));
    }
  }

  dial(personId: string, to: string): CommandResult {
    const { directory, person } = this.#findPerson(personId) ?? {};
    if (!directory || !person) return failed('not-permitted');
    const { dialled, hideNumber } = numberIn(to);
    const origin = { kind: 'device', personId } as const;
    const decision = routeCall(directory, { origin, dialled, at: this.#house.clock.now() });
    if (decision.kind === 'refused') return failed(commandFailureOf(decision.failure));
    const obstacle = this.#obstacleTo(personId, decision);
    if (obstacle) return failed(obstacle);
    const call = this.#table.open(callStart(this.#newIds(), directory, decision, { personId }), this.#house);
    let failure: CommandFailure | undefined;
    call.post(() => {
      const way = wayTo(call, person, decision, hideNumber);
      if (way.kind === 'refused') {
        failure = commandFailureOf(way.failure);
        return this.#table.forget(call);
      }
      call.dialled = to;
      call.target = shownTarget(directory, decision);
      publishArrival(call, decision);
      call.enter(new OwnPhoneStage(call, person, way));
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

  join(personId: string, callId: string, consultationCallId: string): CommandResult {
    return this.#command(personId, callId, { kind: 'join', consultation: { callId: consultationCallId } });
  }

  park(personId: string, callId: string): ParkResult {
    const result = this.#command(personId, callId, { kind: 'park' });
    const tenantId = this.#table.byId(callId)?.start.tenantId ?? '';
    const orbit = this.#house.parking.orbitOf(tenantId, callId);
    if (!result.ok) return result;
    return orbit === undefined ? { ok: false, failure: 'no-such-call' } : { ...result, orbit };
  }

  fetch(personId: string, orbit: string): CommandResult {
    const { directory, person } = this.#findPerson(personId) ?? {};
    const callId = directory && this.#house.parking.callIn(directory.tenant.id, orbit);
    return this.#callIn(person, callId === undefined ? undefined : this.#table.byId(callId));
  }

  pickUp(personId: string, targetPersonId?: string): CommandResult {
    const { directory, person } = this.#findPerson(personId) ?? {};
    if (!directory || !person) return failed('not-permitted');
    const parts = { ...this.#house, table: this.#table };
    if (targetPersonId === undefined) return this.#callIn(person, callToPickUp(parts, directory, person));
    const target = indexOf(directory).person(targetPersonId);
    const mayPickUp = target?.departmentId === person.departmentId && targetPersonId !== personId;
    return this.#callIn(person, target && mayPickUp ? ringingAt(parts, [target]) : undefined);
  }

  openDoor(personId: string, callId: string): CommandResult {
    return this.#command(personId, callId, { kind: 'open-door' });
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
    return this.#onCall(callId, (call) => call.stage?.command(personId, command) ?? whenNoStage(call));
  }

  /** Rings the person's own browser for a call that waits for somebody to take it. */
  #callIn(person: Person | undefined, call: Call | undefined): CommandResult {
    if (!person || !call) return failed('no-such-call');
    if (this.#isTaken(person.id)) return failed('busy');
    return this.#onCall(call.id, () => (call.stage?.callIn ? call.stage.callIn(person) : 'no-such-call'));
  }

  #onCall(callId: string, act: (call: Call) => CommandFailure | undefined): CommandResult {
    const call = this.#table.byId(callId);
    let failure: CommandFailure | undefined = 'no-such-call';
    call?.post(() => {
      failure = act(call);
    });
    return failure ? failed(failure) : { ok: true, callId };
  }

  #incoming(event: IncomingLeg): void {
    if (this.#table.ofLeg(event.leg)) return;
    const { control, clock } = this.#house;
    const directory = this.#house.directory.byTenant(event.tenantId);
    if (!directory) return control.reject(event.leg, callFailures['not-in-service']);
    const { origin } = event;
    const person = origin.kind === 'device' ? indexOf(directory).person(origin.personId) : undefined;
    const isAttended = person !== undefined && !isUnattended(directory, origin);
    const feature = isAttended ? parseFeature(event.dialled) : undefined;
    if (isAttended && (event.replaces || (feature && feature.kind !== 'hide-number'))) {
      if (this.#table.size >= this.#maxCalls) return control.reject(event.leg, callFailures.overloaded);
      const deviceId = origin.kind === 'device' ? origin.deviceId : undefined;
      const caller = { event, directory, person, ...(deviceId === undefined ? {} : { deviceId }) };
      if (event.replaces) return this.#features.replace(caller, event.replaces);
      if (feature && feature.kind !== 'hide-number') return this.#features.carryOut(caller, feature);
    }
    const { dialled } = origin.kind === 'device' ? numberIn(event.dialled) : event;
    const decision = routeCall(directory, { origin, dialled, at: clock.now() });
    if (this.#isFull(decision)) return control.reject(event.leg, callFailures.overloaded);
    const from = origin.kind === 'device' ? { personId: origin.personId } : { trunkId: origin.trunkId };
    // Named after the leg that brought it: whoever traces the leg knows the call.
    const ids = { ...this.#newIds(), id: event.leg };
    const call = this.#table.open(callStart(ids, directory, decision, from), this.#house);
    call.post(() => this.#begin(call, event, directory, decision, person));
  }

  #begin(
    call: Call,
    event: IncomingLeg,
    directory: TownDirectory,
    decision: RouteDecision,
    person: Person | undefined,
  ): void {
    call.openLeg(event.leg);
    const isDevice = event.origin.kind === 'device';
    const shown = person ? shownToColleagues(directory, person) : isDevice ? {} : shownFromTrunk(event.caller);
    const side: Side = {
      ...{ leg: event.leg, shown, isCaller: true },
      ...(person ? { personId: person.id } : {}),
      ...doorOf(directory, event.origin),
    };
    const { hideNumber } = numberIn(event.dialled);
    call.dialled = event.dialled;
    call.target = shownTarget(directory, decision);
    publishArrival(call, decision, shown, event);
    if (person) call.occupy(person.id, 'talking');
    const trail = comesBackFrom(directory, event, decision);
    call.flow.follow(side, wayTo(call, person, decision, hideNumber), trail);
  }

  #isFull(decision: RouteDecision): boolean {
    return decision.kind !== 'emergency' && this.#table.size >= this.#maxCalls;
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

/** The keys that open the door at which somebody rings. */
function doorOf(directory: TownDirectory, origin: LegOrigin): Pick<Side, 'doorDigits'> {
  const device = origin.kind === 'device' ? indexOf(directory).device(origin.deviceId ?? '') : undefined;
  const { kind, doorDigits } = device?.settings ?? {};
  return kind === 'door-station' && doorDigits !== undefined ? { doorDigits } : {};
}

/**
 * A call that this person's own forwarding sent out and the other side sent back (RFC 7044, RFC 5806): it rings here now
 * instead of going round.
 */
function comesBackFrom(directory: TownDirectory, { origin, divertedBy }: IncomingLeg, decision: RouteDecision): Trail {
  if (origin.kind !== 'trunk' || divertedBy === undefined || decision.kind !== 'person') return [];
  const diverting = routeCall(directory, { origin, dialled: divertedBy, at: 0 });
  const isOwn = diverting.kind === 'person' && diverting.person.id === decision.person.id;
  return isOwn ? [decision.person.id] : [];
}

const whenNoStage = (call: Call): CommandFailure | undefined => (call.stage ? undefined : 'no-such-call');
const failed = (failure: CommandFailure) => ({ ok: false, failure }) as const;
