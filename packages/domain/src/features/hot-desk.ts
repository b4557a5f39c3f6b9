import type { Clock, Logger, RandomSource, Timer, Timers } from '@amtsleitung/base';
import type { Device } from '../directory/device.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { DirectoryWriter } from '../directory/directory-writer.ts';
import type { Person } from '../directory/person.ts';
import type { DirectorySource, TownDirectory } from '../directory/town-directory.ts';
import type { EventLog } from '../events/event.ts';
import { EventWriter } from '../events/event-writer.ts';
import { localDay } from '../schedule/local-day.ts';
import { Attempts } from './attempts.ts';
import { OneTimeCodes, type OneTimeCode } from './one-time-codes.ts';
import type { PhoneSettings } from './phone-settings.ts';
import { pinFlaw, type PinFlaw } from './pin-flaw.ts';

/** Port: slow hashes of PINs. `verify` takes as long without a hash as with one. */
export interface PinHasher {
  hash(pin: string): Promise<string>;
  verify(hash: string | undefined, pin: string): Promise<boolean>;
}

export interface HotDeskParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly logger: Logger;
  readonly directory: DirectorySource;
  readonly writer: Pick<DirectoryWriter, 'setGuest'>;
  readonly settings: Pick<PhoneSettings, 'setPinHash'>;
  readonly events: EventLog;
  readonly pins: PinHasher;
}

/** The same answer whoever, whatever and why: a phone in a corridor tells nobody which extensions have a PIN. */
export type LogInResult = 'logged-in' | 'refused';

const dayCheckMilliseconds = 15 * 60_000;

/**
 * Hot desking: people log in on a desk phone that is meant for it and it becomes theirs: number, rights, presence. They
 * log out, log in elsewhere, or are logged out at midnight, at the next start when the server was off then.
 */
export class HotDesk {
  readonly #parts: HotDeskParts;
  readonly #codes: OneTimeCodes;
  readonly #attempts: Attempts;
  readonly #events: EventWriter;
  #timer: Timer;

  constructor(parts: HotDeskParts) {
    this.#parts = parts;
    this.#codes = new OneTimeCodes(parts.clock, parts.random);
    this.#attempts = new Attempts(parts.clock);
    this.#events = new EventWriter(parts.events, parts.clock, parts.random);
    // Midnight may have passed while the server was off.
    this.#logOutYesterdays();
    this.#timer = this.#checkLater();
  }

  /** A code for the person's own screen, to be dialled as `*30<code>` within two minutes; an older one is void. */
  newCode(personId: string): OneTimeCode {
    return this.#codes.issue(personId);
  }

  /** Undefined: set. */
  async setPin(personId: string, pin: string): Promise<PinFlaw | undefined> {
    const { person } = this.#findPerson(personId) ?? {};
    const flaw = pinFlaw(pin, person?.extension === undefined ? [] : [person.extension]);
    if (!flaw && person) this.#parts.settings.setPinHash(personId, await this.#parts.pins.hash(pin));
    return flaw;
  }

  logInByCode(deviceId: string | undefined, code: string): LogInResult {
    const { device, town } = this.#desk(deviceId) ?? {};
    if (!device || !town || this.#attempts.isLocked(device.id)) return 'refused';
    const personId = this.#codes.take(code, (owner) => indexOf(town).person(owner) !== undefined);
    const person = personId === undefined ? undefined : indexOf(town).person(personId);
    if (person) return this.#logIn(device, person, town);
    this.#attempts.wrong(device.id);
    return 'refused';
  }

  /** Takes the time of a slow hash, whatever the answer. */
  async logInByPin(deviceId: string | undefined, extension: string, pin: string): Promise<LogInResult> {
    const { device, town } = this.#desk(deviceId) ?? {};
    if (!device || !town) return 'refused';
    const person = personAt(town, extension);
    const owner = `pin ${town.tenant.id} ${person?.id ?? extension}`;
    const isLocked = this.#attempts.isLocked(device.id) || this.#attempts.isLocked(owner);
    // Counted before the answer is known, so that attempts at the same time count as well.
    const locksNow = !isLocked && this.#attempts.wrong(owner);
    if (!isLocked) this.#attempts.wrong(device.id);
    const isRight = await this.#parts.pins.verify(isLocked ? undefined : person?.phone.pinHash, pin);
    if (isLocked || !isRight || !person) {
      if (locksNow && person) this.#events.write(town.tenant.id, { kind: 'pin-locked', personId: person.id });
      return 'refused';
    }
    this.#attempts.right(owner);
    return this.#logIn(device, person, town);
  }

  /** False: nobody was logged in there. */
  logOut(deviceId: string | undefined): boolean {
    const { device } = this.#desk(deviceId) ?? {};
    if (device?.guestPersonId === undefined) return false;
    return this.#parts.writer.setGuest(device.id, undefined);
  }

  close(): void {
    this.#timer.cancel();
  }

  /** One desk at a time: whoever logs in here leaves the one before. */
  #logIn(device: Device, person: Person, { tenant }: TownDirectory): LogInResult {
    this.#attempts.right(device.id);
    const elsewhere = this.#guestsOf((guest) => guest === person.id).filter(({ id }) => id !== device.id);
    for (const { id } of elsewhere) this.#parts.writer.setGuest(id, undefined);
    const guest = { personId: person.id, day: this.#today(tenant) };
    this.#parts.writer.setGuest(device.id, person.id === device.personId ? undefined : guest);
    return 'logged-in';
  }

  #checkLater(): Timer {
    return this.#parts.timers.after(dayCheckMilliseconds, () => {
      this.#timer = this.#checkLater();
      this.#logOutYesterdays();
    });
  }

  #logOutYesterdays(): void {
    for (const { tenant, devices } of this.#parts.directory.all()) {
      const today = this.#today(tenant);
      for (const { id, guestPersonId, guestDay } of devices) {
        if (guestPersonId !== undefined && guestDay !== today) this.#parts.writer.setGuest(id, undefined);
      }
    }
  }

  #today({ timeZone }: TownDirectory['tenant']): string {
    return localDay(this.#parts.clock.now(), timeZone);
  }

  #guestsOf(matches: (guestPersonId: string) => boolean): readonly Device[] {
    return this.#parts.directory
      .all()
      .flatMap(({ devices }) => devices.filter(({ guestPersonId }) => guestPersonId && matches(guestPersonId)));
  }

  #desk(deviceId: string | undefined): { device: Device; town: TownDirectory } | undefined {
    for (const town of this.#parts.directory.all()) {
      const device = deviceId === undefined ? undefined : indexOf(town).device(deviceId);
      if (device?.settings.hotDesk) return { device, town };
    }
    return undefined;
  }

  #findPerson(personId: string): { person: Person } | undefined {
    for (const town of this.#parts.directory.all()) {
      const person = indexOf(town).person(personId);
      if (person) return { person };
    }
    return undefined;
  }
}

/** Under any head number, else by the record of somebody without a number of their own. */
function personAt(town: TownDirectory, extension: string): Person | undefined {
  const index = indexOf(town);
  for (const { id } of town.headNumbers) {
    const destination = index.assignment(id, extension)?.destination;
    if (destination?.kind === 'person') return index.person(destination.personId);
  }
  return index.personByExtension(extension);
}
