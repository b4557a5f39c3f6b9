import type { Clock, Timer, Timers } from '@amtsleitung/base';
import { indexOf } from '../directory/directory-index.ts';
import { unknownCents } from '../directory/trunk-settings.ts';
import type { DirectorySource, TownDirectory } from '../directory/town-directory.ts';
import type { DiallingClass } from '../numbering/dialling-class.ts';
import { DayLedger } from './day-ledger.ts';
import { RateWindow } from './rate-window.ts';

/** Who pays for an outgoing call, and over which trunk it goes. */
export interface GuardedCall {
  readonly chargeId: string;
  readonly tenantId: string;
  readonly personId: string;
  readonly trunkId: string;
  readonly diallingClass: DiallingClass;
}

export type GuardLimit = 'calls-at-once' | 'calls-per-minute' | 'daily-cents';

/** A limit that stands in the way of a call, or that running calls have passed. */
export interface LimitReached {
  readonly tenantId: string;
  readonly scope: 'person' | 'trunk';
  /** Of the person or the trunk. */
  readonly scopeId: string;
  readonly limit: GuardLimit;
}

export interface Spent {
  readonly cents: number;
  readonly connectedMilliseconds: number;
}

export interface CallGuardParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly directory: DirectorySource;
  /** Told once a day for money, once an hour for the rest. */
  readonly onLimit: (reached: LimitReached) => void;
}

interface Charge extends GuardedCall {
  readonly centsPerMinute: number;
  /** Monotonic milliseconds. */
  connectedAt?: number;
}

/** A call is reserved as this many minutes before anybody knows how long it will last. */
const reservedMinutes = 3;
const watchMilliseconds = 10_000;
const alertPause: Readonly<Record<GuardLimit, number>> = {
  'calls-at-once': 3_600_000,
  'calls-per-minute': 3_600_000,
  'daily-cents': 86_400_000,
};

/**
 * Spend and rate guard of outgoing calls. Reserves before dialling, so calls that start together cannot pass a limit
 * together; running calls count with what they have cost so far, at least with their reservation. Every started minute
 * costs. A limit stops new calls only. Emergency calls never ask it.
 */
export class CallGuard {
  readonly #parts: CallGuardParts;
  readonly #ledger: DayLedger;
  readonly #starts: RateWindow;
  readonly #running = new Map<string, Charge>();
  readonly #byKey = new Map<string, Set<Charge>>();
  /** Monotonic time of the last alert, by what it was about. */
  readonly #alerts = new Map<string, number>();
  #watch: Timer | undefined;

  constructor(parts: CallGuardParts) {
    this.#parts = parts;
    this.#ledger = new DayLedger(parts.clock);
    this.#starts = new RateWindow(parts.clock);
  }

  /** Undefined: reserved, until `release`. Else the limit that was reached; nothing is reserved. */
  admit(call: GuardedCall): LimitReached | undefined {
    const directory = this.#parts.directory.byTenant(call.tenantId);
    if (!directory) return { tenantId: call.tenantId, scope: 'trunk', scopeId: call.trunkId, limit: 'calls-at-once' };
    const charge = { ...call, centsPerMinute: priceOf(directory, call) };
    const reached = this.#personLimit(directory, charge) ?? this.#trunkLimit(directory, charge);
    if (reached) this.#alert(reached);
    else {
      this.#starts.note(personKey(call));
      this.#noteTrunk(directory, charge);
      this.#add(charge);
    }
    return reached;
  }

  /**
   * The call goes over another trunk, which may be dearer: the reservation goes with it, or stays where it is when that
   * trunk is full or the person may not spend so much.
   */
  move(chargeId: string, trunkId: string): LimitReached | undefined {
    const charge = this.#running.get(chargeId);
    const directory = charge && this.#parts.directory.byTenant(charge.tenantId);
    if (!charge || !directory || charge.trunkId === trunkId) return undefined;
    const moved = { ...charge, trunkId };
    const priced = { ...moved, centsPerMinute: priceOf(directory, moved) };
    this.#remove(charge);
    const reached = this.#moneyLimit(directory, priced) ?? this.#trunkLimit(directory, priced);
    this.#add(reached ? charge : priced);
    if (reached) this.#alert(reached);
    else this.#noteTrunk(directory, priced);
    return reached;
  }

  /** The called has picked up: from now on it costs. */
  connected(chargeId: string): void {
    const charge = this.#running.get(chargeId);
    if (charge) charge.connectedAt ??= this.#parts.clock.monotonic();
  }

  /** The call is over, or did not come about: its true cost is booked and returned. */
  release(chargeId: string): Spent | undefined {
    const charge = this.#running.get(chargeId);
    if (!charge) return undefined;
    this.#remove(charge);
    const connectedMilliseconds = this.#connectedMilliseconds(charge);
    const cents = Math.ceil(startedMinutes(connectedMilliseconds) * charge.centsPerMinute);
    this.book(charge, cents);
    return { cents, connectedMilliseconds };
  }

  /** Counts what was spent already, e.g. before a restart. */
  book({ tenantId, personId, trunkId }: Omit<GuardedCall, 'chargeId' | 'diallingClass'>, cents: number): void {
    const timeZone = this.#parts.directory.byTenant(tenantId)?.tenant.timeZone;
    if (timeZone === undefined) return;
    this.#ledger.book(tenantId, timeZone, personKey({ personId }), cents);
    this.#ledger.book(tenantId, timeZone, trunkKey({ trunkId }), cents);
  }

  /** Cents that a call is reserved with. */
  reservedCents(call: GuardedCall): number {
    const directory = this.#parts.directory.byTenant(call.tenantId);
    return directory ? priceOf(directory, call) * reservedMinutes : 0;
  }

  #personLimit(directory: TownDirectory, charge: Charge): LimitReached | undefined {
    const { concurrentPerPerson, callsPerMinute } = directory.tenant.settings;
    const key = personKey(charge);
    if ((this.#byKey.get(key)?.size ?? 0) >= concurrentPerPerson) return ofPerson(charge, 'calls-at-once');
    if (this.#starts.count(key) >= callsPerMinute) return ofPerson(charge, 'calls-per-minute');
    return this.#moneyLimit(directory, charge);
  }

  #moneyLimit(directory: TownDirectory, charge: Charge): LimitReached | undefined {
    const { dailyCentsPerPerson } = directory.tenant.settings;
    const isOver = this.#exceeds(directory, personKey(charge), charge, dailyCentsPerPerson);
    return isOver ? ofPerson(charge, 'daily-cents') : undefined;
  }

  #trunkLimit(directory: TownDirectory, charge: Charge): LimitReached | undefined {
    const trunk = indexOf(directory).trunk(charge.trunkId);
    const { callsPerMinute = 0, dailyCents = 0 } = trunk?.settings.guard ?? {};
    const key = trunkKey(charge);
    const reached = (limit: GuardLimit): LimitReached => ({
      ...{ tenantId: charge.tenantId, scope: 'trunk', scopeId: charge.trunkId, limit },
    });
    if ((this.#byKey.get(key)?.size ?? 0) >= (trunk?.outgoingCapacity ?? 0)) return reached('calls-at-once');
    if (callsPerMinute > 0 && this.#starts.count(key) >= callsPerMinute) return reached('calls-per-minute');
    return this.#exceeds(directory, key, charge, dailyCents) ? reached('daily-cents') : undefined;
  }

  /** A call that costs nothing passes: the limit is about money. */
  #exceeds(directory: TownDirectory, key: string, charge: Charge, limit: number): boolean {
    if (limit === 0 || charge.centsPerMinute === 0) return false;
    return this.#committed(directory, key) + charge.centsPerMinute * reservedMinutes > limit;
  }

  /** Spent today, and what running calls cost by now. */
  #committed({ tenant }: TownDirectory, key: string): number {
    const running = [...(this.#byKey.get(key) ?? [])].reduce((sum, charge) => sum + this.#costSoFar(charge), 0);
    return running + this.#ledger.spent(tenant.id, tenant.timeZone, key);
  }

  #costSoFar(charge: Charge): number {
    return charge.centsPerMinute * Math.max(reservedMinutes, startedMinutes(this.#connectedMilliseconds(charge)));
  }

  #connectedMilliseconds({ connectedAt }: Charge): number {
    return connectedAt === undefined ? 0 : Math.round(this.#parts.clock.monotonic() - connectedAt);
  }

  /** A trunk without a limit may see more calls a minute than are worth counting. */
  #noteTrunk(directory: TownDirectory, charge: Charge): void {
    const guard = indexOf(directory).trunk(charge.trunkId)?.settings.guard;
    if (guard && guard.callsPerMinute > 0) this.#starts.note(trunkKey(charge));
  }

  #add(charge: Charge): void {
    this.#running.set(charge.chargeId, charge);
    for (const key of [personKey(charge), trunkKey(charge)]) {
      this.#byKey.set(key, (this.#byKey.get(key) ?? new Set()).add(charge));
    }
    if (charge.centsPerMinute > 0) this.#watch ??= this.#watchLater();
  }

  #remove(charge: Charge): void {
    this.#running.delete(charge.chargeId);
    for (const key of [personKey(charge), trunkKey(charge)]) {
      const ofKey = this.#byKey.get(key);
      ofKey?.delete(charge);
      if (ofKey?.size === 0) this.#byKey.delete(key);
    }
  }

  #watchLater(): Timer {
    return this.#parts.timers.after(watchMilliseconds, () => {
      const priced = [...this.#running.values()].filter(({ centsPerMinute }) => centsPerMinute > 0);
      this.#watch = priced.length > 0 ? this.#watchLater() : undefined;
      for (const charge of priced) this.#tellIfPassed(charge);
    });
  }

  /** Running calls go on; an administrator hears within seconds that they have passed a limit. */
  #tellIfPassed({ tenantId, personId, trunkId }: Charge): void {
    const directory = this.#parts.directory.byTenant(tenantId);
    if (!directory) return;
    const ofPerson = directory.tenant.settings.dailyCentsPerPerson;
    const ofTrunk = indexOf(directory).trunk(trunkId)?.settings.guard.dailyCents ?? 0;
    const passed = (key: string, limit: number) => limit > 0 && this.#committed(directory, key) > limit;
    const limit = 'daily-cents';
    if (passed(personKey({ personId }), ofPerson)) this.#alert({ tenantId, scope: 'person', scopeId: personId, limit });
    if (passed(trunkKey({ trunkId }), ofTrunk)) this.#alert({ tenantId, scope: 'trunk', scopeId: trunkId, limit });
  }

  #alert(reached: LimitReached): void {
    const key = `${reached.scope} ${reached.scopeId} ${reached.limit}`;
    const now = this.#parts.clock.monotonic();
    const last = this.#alerts.get(key);
    if (last !== undefined && now - last < alertPause[reached.limit]) return;
    this.#alerts.set(key, now);
    this.#parts.onLimit(reached);
  }
}

const ofPerson = ({ tenantId, personId }: GuardedCall, limit: GuardLimit): LimitReached => ({
  ...{ tenantId, scope: 'person', scopeId: personId, limit },
});

const personKey = ({ personId }: { readonly personId: string }): string => `person ${personId}`;
const trunkKey = ({ trunkId }: { readonly trunkId: string }): string => `trunk ${trunkId}`;
const startedMinutes = (milliseconds: number): number => Math.ceil(milliseconds / 60_000);

function priceOf(directory: TownDirectory, { trunkId, diallingClass }: GuardedCall): number {
  const named = indexOf(directory).trunk(trunkId)?.settings.guard.centsPerMinute[diallingClass];
  return named ?? unknownCents[diallingClass] ?? 0;
}
