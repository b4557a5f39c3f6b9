import { TypedEmitter } from '@amtsleitung/base';
import type { Clock, Timer, Timers } from '@amtsleitung/base';
import type { Reachability } from '@amtsleitung/domain';
import type { Destination } from '@amtsleitung/sip';
import { flowKey, instanceKey, placeOf } from './location.ts';
import type { Location, Place } from './location.ts';

/** Why a contact is no longer there. */
export type RemovalReason = 'expired' | 'unregistered' | 'crowded-out' | 'flow-closed' | 'account-removed' | 'replaced';

export interface LocationTableOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onError: (error: unknown) => void;
  /** Contacts of one device at once; one more pushes out the one that would expire first. Default 5. */
  readonly contactsPerDevice?: number;
}

interface Binding {
  readonly location: Location;
  readonly expiry: Timer;
}

/** Who is reachable where: the location service of RFC 3261 §10, in memory. */
export class LocationTable implements Reachability {
  readonly #options: LocationTableOptions;
  readonly #byDevice = new Map<string, Map<string, Binding>>();
  readonly #byPerson = new Map<string, Set<Location>>();
  readonly #byFlow = new Map<string, Set<Location>>();
  /** Contacts behind a proxy, by the proxy's connection. */
  readonly #proxied = new Map<string, Set<Location>>();
  readonly #changes: TypedEmitter<{ readonly personId: string; readonly reachable: boolean }>;
  readonly #kept: TypedEmitter<Location>;
  readonly #removals: TypedEmitter<{ readonly location: Location; readonly reason: RemovalReason }>;

  constructor(options: LocationTableOptions) {
    this.#options = options;
    this.#changes = new TypedEmitter(options.onError);
    this.#kept = new TypedEmitter(options.onError);
    this.#removals = new TypedEmitter(options.onError);
  }

  isReachable(personId: string): boolean {
    return this.#byPerson.has(personId);
  }

  isRegistered(deviceId: string): boolean {
    return this.#byDevice.has(deviceId);
  }

  onChange(listener: (personId: string, reachable: boolean) => void): () => void {
    return this.#changes.listen((change) => listener(change.personId, change.reachable));
  }

  /** Hears of every contact that is registered or refreshed. */
  onKept(listener: (location: Location) => void): () => void {
    return this.#kept.listen(listener);
  }

  /** Hears of every contact that goes, but not of one replaced by its own refresh. */
  onRemoved(listener: (location: Location, reason: RemovalReason) => void): () => void {
    return this.#removals.listen((removal) => listener(removal.location, removal.reason));
  }

  ofDevice(deviceId: string): readonly Location[] {
    return [...(this.#byDevice.get(deviceId)?.values() ?? [])].map((binding) => binding.location);
  }

  ofPerson(personId: string): readonly Location[] {
    return [...(this.#byPerson.get(personId) ?? [])];
  }

  /** The contacts registered from this very place. */
  ofSource(source: Destination | Place): readonly Location[] {
    const found = this.#byFlow.get(flowKey(source));
    return found ? [...found] : [];
  }

  all(): readonly Location[] {
    return [...this.#byDevice.values()].flatMap((bindings) => [...bindings.values()].map((one) => one.location));
  }

  /** Adds a contact or refreshes the one with the same URI. */
  put(location: Location): void {
    const remaining = location.expiresAt - this.#options.clock.now();
    if (remaining <= 0) return;
    const before = this.#byDevice.get(location.deviceId)?.get(location.contact);
    const wasReachable = this.isReachable(location.personId);
    if (before) this.#forget(before);
    else this.#makeRoom(location.deviceId);
    this.#keep(location, remaining);
    this.#dropReplaced(location);
    this.#kept.emit(location);
    if (!wasReachable) this.#changes.emit({ personId: location.personId, reachable: true });
  }

  remove(deviceId: string, contact: string, reason: RemovalReason): void {
    const binding = this.#byDevice.get(deviceId)?.get(contact);
    if (!binding) return;
    this.#forget(binding);
    const { location } = binding;
    this.#removals.emit({ location, reason });
    if (!this.isReachable(location.personId)) {
      this.#changes.emit({ personId: location.personId, reachable: false });
    }
  }

  removeDevice(deviceId: string, reason: RemovalReason): void {
    for (const location of this.ofDevice(deviceId)) this.remove(deviceId, location.contact, reason);
  }

  removeFlow(flowId: string): void {
    const behindProxy = this.#proxied.get(flowId) ?? [];
    for (const { deviceId, contact } of [...(this.#byFlow.get(flowId) ?? []), ...behindProxy]) {
      this.remove(deviceId, contact, 'flow-closed');
    }
  }

  /** Stops the expiry timers; contacts stay what they are. */
  close(): void {
    for (const bindings of this.#byDevice.values()) for (const { expiry } of bindings.values()) expiry.cancel();
  }

  /** RFC 5626 §6: a flow that is registered anew takes the place of the old one, whatever its contact is called. */
  #dropReplaced(location: Location): void {
    const instance = instanceKey(location);
    if (instance === undefined) return;
    for (const other of this.ofDevice(location.deviceId)) {
      const isSameFlow = instanceKey(other) === instance && other.route?.regId === location.route?.regId;
      if (isSameFlow && other.contact !== location.contact) this.remove(other.deviceId, other.contact, 'replaced');
    }
  }

  #makeRoom(deviceId: string): void {
    const contacts = this.ofDevice(deviceId);
    if (contacts.length < (this.#options.contactsPerDevice ?? 5)) return;
    const [first] = [...contacts].sort((left, right) => left.expiresAt - right.expiresAt);
    this.remove(deviceId, first!.contact, 'crowded-out');
  }

  #keep(location: Location, remaining: number): void {
    const expiry = this.#options.timers.after(remaining, () =>
      this.remove(location.deviceId, location.contact, 'expired'),
    );
    const bindings = this.#byDevice.get(location.deviceId) ?? new Map<string, Binding>();
    bindings.set(location.contact, { location, expiry });
    this.#byDevice.set(location.deviceId, bindings);
    addTo(this.#byPerson, location.personId, location);
    addTo(this.#byFlow, flowKey(placeOf(location)), location);
    if (isProxied(location)) addTo(this.#proxied, location.flowId, location);
  }

  #forget({ location, expiry }: Binding): void {
    expiry.cancel();
    const bindings = this.#byDevice.get(location.deviceId);
    bindings?.delete(location.contact);
    if (bindings?.size === 0) this.#byDevice.delete(location.deviceId);
    removeFrom(this.#byPerson, location.personId, location);
    removeFrom(this.#byFlow, flowKey(placeOf(location)), location);
    if (isProxied(location)) removeFrom(this.#proxied, location.flowId, location);
  }
}

const isProxied = (location: Location): location is Location & { readonly flowId: string } =>
  location.flowId !== undefined && location.route?.phone !== undefined;

function addTo(index: Map<string, Set<Location>>, key: string, location: Location): void {
  const entries = index.get(key) ?? new Set<Location>();
  entries.add(location);
  index.set(key, entries);
}

function removeFrom(index: Map<string, Set<Location>>, key: string, location: Location): void {
  const entries = index.get(key);
  entries?.delete(location);
  if (entries?.size === 0) index.delete(key);
}
