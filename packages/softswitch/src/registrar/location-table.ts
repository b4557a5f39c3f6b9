import { TypedEmitter } from '@amtsleitung/base';
import type { Clock, Timer, Timers } from '@amtsleitung/base';
import type { Reachability, Registration } from '@amtsleitung/domain';

/** Why a contact is no longer there. */
export type RemovalReason = 'expired' | 'unregistered' | 'crowded-out' | 'flow-closed' | 'account-removed';

export interface LocationTableOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onError: (error: unknown) => void;
  /** Contacts of one device at once; one more pushes out the one that would expire first. Default 5. */
  readonly contactsPerDevice?: number;
}

interface Binding {
  readonly registration: Registration;
  readonly expiry: Timer;
}

/** The transport address a request came from, as a key. A TCP or WebSocket connection has exactly one. */
export const flowKey = (flow: Pick<Registration, 'transport' | 'sourceAddress' | 'sourcePort'>): string =>
  `${flow.transport} ${flow.sourceAddress} ${flow.sourcePort}`;

/** Who is reachable where: the location service of RFC 3261 §10, in memory. */
export class LocationTable implements Reachability {
  readonly #options: LocationTableOptions;
  readonly #byDevice = new Map<string, Map<string, Binding>>();
  readonly #byPerson = new Map<string, Set<Registration>>();
  readonly #byFlow = new Map<string, Set<Registration>>();
  readonly #changes: TypedEmitter<{ readonly personId: string; readonly reachable: boolean }>;
  readonly #removals: TypedEmitter<{ readonly registration: Registration; readonly reason: RemovalReason }>;

  constructor(options: LocationTableOptions) {
    this.#options = options;
    this.#changes = new TypedEmitter(options.onError);
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

  /** Hears of every contact that goes, but not of one replaced by its own refresh. */
  onRemoved(listener: (registration: Registration, reason: RemovalReason) => void): () => void {
    return this.#removals.listen((removal) => listener(removal.registration, removal.reason));
  }

  ofDevice(deviceId: string): readonly Registration[] {
    return [...(this.#byDevice.get(deviceId)?.values() ?? [])].map((binding) => binding.registration);
  }

  ofPerson(personId: string): readonly Registration[] {
    return [...(this.#byPerson.get(personId) ?? [])];
  }

  ofFlow(flow: Pick<Registration, 'transport' | 'sourceAddress' | 'sourcePort'>): readonly Registration[] {
    return [...(this.#byFlow.get(flowKey(flow)) ?? [])];
  }

  all(): readonly Registration[] {
    return [...this.#byDevice.values()].flatMap((bindings) => [...bindings.values()].map((one) => one.registration));
  }

  /** Adds a contact or refreshes the one with the same URI. */
  put(registration: Registration): void {
    const remaining = registration.expiresAt - this.#options.clock.now();
    if (remaining <= 0) return;
    const before = this.#byDevice.get(registration.deviceId)?.get(registration.contact);
    const wasReachable = this.isReachable(registration.personId);
    if (before) this.#forget(before);
    else this.#makeRoom(registration.deviceId);
    this.#keep(registration, remaining);
    if (!wasReachable) this.#changes.emit({ personId: registration.personId, reachable: true });
  }

  remove(deviceId: string, contact: string, reason: RemovalReason): void {
    const binding = this.#byDevice.get(deviceId)?.get(contact);
    if (!binding) return;
    this.#forget(binding);
    const { registration } = binding;
    this.#removals.emit({ registration, reason });
    if (!this.isReachable(registration.personId)) {
      this.#changes.emit({ personId: registration.personId, reachable: false });
    }
  }

  removeDevice(deviceId: string, reason: RemovalReason): void {
    for (const registration of this.ofDevice(deviceId)) this.remove(deviceId, registration.contact, reason);
  }

  removeFlow(flow: Pick<Registration, 'transport' | 'sourceAddress' | 'sourcePort'>): void {
    for (const { deviceId, contact } of this.ofFlow(flow)) this.remove(deviceId, contact, 'flow-closed');
  }

  /** Stops the expiry timers; contacts stay what they are. */
  close(): void {
    for (const bindings of this.#byDevice.values()) for (const { expiry } of bindings.values()) expiry.cancel();
  }

  #makeRoom(deviceId: string): void {
    const contacts = this.ofDevice(deviceId);
    if (contacts.length < (this.#options.contactsPerDevice ?? 5)) return;
    const [first] = [...contacts].sort((left, right) => left.expiresAt - right.expiresAt);
    this.remove(deviceId, first!.contact, 'crowded-out');
  }

  #keep(registration: Registration, remaining: number): void {
    const expiry = this.#options.timers.after(remaining, () =>
      this.remove(registration.deviceId, registration.contact, 'expired'),
    );
    const bindings = this.#byDevice.get(registration.deviceId) ?? new Map<string, Binding>();
    bindings.set(registration.contact, { registration, expiry });
    this.#byDevice.set(registration.deviceId, bindings);
    addTo(this.#byPerson, registration.personId, registration);
    addTo(this.#byFlow, flowKey(registration), registration);
  }

  #forget({ registration, expiry }: Binding): void {
    expiry.cancel();
    const bindings = this.#byDevice.get(registration.deviceId);
    bindings?.delete(registration.contact);
    if (bindings?.size === 0) this.#byDevice.delete(registration.deviceId);
    removeFrom(this.#byPerson, registration.personId, registration);
    removeFrom(this.#byFlow, flowKey(registration), registration);
  }
}

function addTo(index: Map<string, Set<Registration>>, key: string, registration: Registration): void {
  const entries = index.get(key) ?? new Set<Registration>();
  entries.add(registration);
  index.set(key, entries);
}

function removeFrom(index: Map<string, Set<Registration>>, key: string, registration: Registration): void {
  const entries = index.get(key);
  entries?.delete(registration);
  if (entries?.size === 0) index.delete(key);
}
