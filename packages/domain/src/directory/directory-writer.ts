import type { Logger, Timers } from '@amtsleitung/base';
import type { Device } from './device.ts';
import { DirectoryConflict } from './directory-conflict.ts';
import type { DirectoryHolder } from './directory-holder.ts';
import { indexOf } from './directory-index.ts';
import type { DirectoryStore } from './directory-store.ts';
import type { PersonPhone } from './person-phone.ts';
import type { Person } from './person.ts';
import type { TownDirectory } from './town-directory.ts';

const retryMilliseconds = 1_000;

export interface DirectoryWriterParts {
  readonly directory: DirectoryHolder;
  readonly store: Pick<DirectoryStore, 'savePerson' | 'saveDevice' | 'load'>;
  readonly timers: Timers;
  readonly logger: Logger;
}

/** What people change about themselves; never what they may dial. */
export interface PersonPatch {
  readonly away?: boolean;
  readonly phone?: Partial<Omit<PersonPhone, 'diallingClasses'>>;
}

/** Who uses somebody else's phone, and since which day of the town (YYYY-MM-DD). */
export interface Guest {
  readonly personId: string;
  readonly day: string;
}

interface Pending {
  readonly tenantId: string;
  /** Puts what is not stored yet into a directory, perhaps one that was just read from the store. */
  readonly apply: (directory: TownDirectory) => TownDirectory;
  readonly save: () => Promise<void>;
}

/**
 * Changes that people make by themselves (absence, forwarding, a log-in at a desk): in effect at once in memory, stored
 * behind, the newest of each record only. While the store is away it keeps trying; calls never notice.
 */
export class DirectoryWriter {
  readonly #parts: DirectoryWriterParts;
  /** At most one for each record. */
  readonly #pending = new Map<string, Pending>();
  readonly #patches = new Map<string, PersonPatch>();
  readonly #holds = new Set<Promise<void>>();
  #writing: Promise<void> | undefined;
  #storing: Promise<boolean> | undefined;
  #closing = false;

  constructor(parts: DirectoryWriterParts) {
    this.#parts = parts;
  }

  /** False: nobody has this id. */
  patchPerson(personId: string, patch: PersonPatch): boolean {
    const town = this.#townOf((index) => index.person(personId));
    if (!town) return false;
    const key = `person ${personId}`;
    const before = this.#pending.has(key) ? this.#patches.get(personId) : undefined;
    const whole = { ...before, ...patch, phone: { ...before?.phone, ...patch.phone } };
    this.#patches.set(personId, whole);
    this.#put(key, town, {
      tenantId: town.tenant.id,
      apply: (other) => ({ ...other, people: changed(other.people, personId, (person) => patched(person, whole)) }),
      save: async () => {
        const person = indexOf(this.#parts.directory.byTenant(town.tenant.id) ?? town).person(personId);
        if (person) await this.#parts.store.savePerson(person);
      },
    });
    return true;
  }

  /** Whose phone it is until they log out; undefined: the owner's again. False: there is no such device. */
  setGuest(deviceId: string, guest: Guest | undefined): boolean {
    const town = this.#townOf((index) => index.device(deviceId));
    if (!town) return false;
    this.#put(`device ${deviceId}`, town, {
      tenantId: town.tenant.id,
      apply: (other) => ({
        ...other,
        devices: changed(other.devices, deviceId, (device) => withGuest(device, guest)),
      }),
      save: async () => {
        const device = indexOf(this.#parts.directory.byTenant(town.tenant.id) ?? town).device(deviceId);
        if (device) await this.#parts.store.saveDevice(device);
      },
    });
    return true;
  }

  /**
   * An administrator changes records from when this resolves until the function it gives is called: nothing is stored
   * here meanwhile, else a person's own change could put back what was just taken from them.
   */
  async hold(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#holds.add(promise);
    await this.#storing;
    return () => {
      this.#holds.delete(promise);
      resolve();
    };
  }

  /** Reads a tenant again after an administrator's change; what is not stored yet stays in effect. */
  async reload(tenantId: string): Promise<void> {
    const loaded = await this.#parts.store.load(tenantId);
    if (!loaded) return;
    const own = [...this.#pending.values()].filter((pending) => pending.tenantId === tenantId);
    this.#parts.directory.replace(own.reduce((town, { apply }) => apply(town), loaded));
  }

  /** Settles when everything handed in so far is stored, or the store refuses it while we stop. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#writing;
  }

  #put(key: string, town: TownDirectory, pending: Pending): void {
    this.#pending.set(key, pending);
    this.#parts.directory.replace(pending.apply(town));
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
  }

  async #writeAll(): Promise<void> {
    // What follows at once belongs to the same write.
    await Promise.resolve();
    for (;;) {
      while (this.#holds.size > 0) await Promise.all(this.#holds);
      const next = this.#next();
      if (!next) return;
      const [key, pending] = next;
      this.#storing = this.#write(pending);
      const isStored = await this.#storing;
      if (isStored && this.#pending.get(key) === pending) this.#pending.delete(key);
      if (isStored) continue;
      if (this.#closing) return;
      await new Promise<void>((resolve) => this.#parts.timers.after(retryMilliseconds, resolve));
    }
  }

  /** A record that is gone meanwhile needs no change any more. */
  async #write(pending: Pending): Promise<boolean> {
    try {
      await pending.save();
      return true;
    } catch (error) {
      this.#parts.logger.info('a change of the directory is not stored yet', { error: String(error) });
      return error instanceof DirectoryConflict;
    }
  }

  #next(): readonly [string, Pending] | undefined {
    return this.#pending.entries().next().value;
  }

  #townOf(find: (index: ReturnType<typeof indexOf>) => unknown): TownDirectory | undefined {
    return this.#parts.directory.all().find((town) => find(indexOf(town)) !== undefined);
  }
}

const patched = (person: Person, { phone, ...rest }: PersonPatch): Person => ({
  ...person,
  ...rest,
  phone: { ...person.phone, ...phone },
});

function withGuest(device: Device, guest: Guest | undefined): Device {
  const owned: { -readonly [Key in keyof Device]: Device[Key] } = { ...device };
  delete owned.guestPersonId;
  delete owned.guestDay;
  return guest === undefined ? owned : { ...owned, guestPersonId: guest.personId, guestDay: guest.day };
}

const changed = <Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  change: (item: Item) => Item,
): readonly Item[] => items.map((item) => (item.id === id ? change(item) : item));
