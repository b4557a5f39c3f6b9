import type { Clock } from '@amtsleitung/base';
import { forwardingFlaw, type ForwardingFlaw } from '../dialplan/forwarding-target.ts';
import { indexOf } from '../directory/directory-index.ts';
import type { DirectoryWriter, PersonPatch } from '../directory/directory-writer.ts';
import type { Forwarding } from '../directory/person-phone.ts';
import type { Person } from '../directory/person.ts';
import type { DirectorySource, TownDirectory } from '../directory/town-directory.ts';

export type ForwardingKind = 'always' | 'busy' | 'noAnswer';

/** Shortest and longest ringing before an unanswered call is forwarded, in seconds. */
const forwardingSeconds = { least: 5, most: 60 };

export interface PhoneSettingsParts {
  readonly clock: Clock;
  readonly directory: DirectorySource;
  readonly writer: Pick<DirectoryWriter, 'patchPerson'>;
}

/** What people set for their own line, by a code on the phone or on the screen; in effect with the next call. */
export class PhoneSettings {
  readonly #parts: PhoneSettingsParts;

  constructor(parts: PhoneSettingsParts) {
    this.#parts = parts;
  }

  setDoNotDisturb(personId: string, on: boolean): void {
    this.#change(personId, { doNotDisturb: on });
  }

  setHideNumber(personId: string, hide: boolean): void {
    this.#change(personId, { hideNumber: hide });
  }

  /**
   * Forwards to whatever the person may dial themselves; an empty target ends it. Undefined: set. Whoever the calls are
   * forwarded to can demand that it stops (TDDDG §16): an administrator then clears it here.
   */
  setForwarding(personId: string, when: ForwardingKind, to: string): ForwardingFlaw | undefined {
    const { directory, person } = this.#find(personId) ?? {};
    if (!directory || !person) return 'not-permitted';
    const target = to.trim();
    const flaw = target === '' ? undefined : forwardingFlaw(directory, personId, target, this.#parts.clock.now());
    if (!flaw) this.#changeForwarding(person, { [when]: target });
    return flaw;
  }

  setForwardingSeconds(personId: string, seconds: number): void {
    const { person } = this.#find(personId) ?? {};
    const noAnswerSeconds = Math.min(forwardingSeconds.most, Math.max(forwardingSeconds.least, Math.round(seconds)));
    if (person) this.#changeForwarding(person, { noAnswerSeconds });
  }

  setPinHash(personId: string, pinHash: string): void {
    this.#change(personId, { pinHash });
  }

  #changeForwarding(person: Person, change: Partial<Forwarding>): void {
    this.#change(person.id, { forwarding: { ...person.phone.forwarding, ...change } });
  }

  #change(personId: string, change: NonNullable<PersonPatch['phone']>): void {
    this.#parts.writer.patchPerson(personId, { phone: change });
  }

  #find(personId: string): { directory: TownDirectory; person: Person } | undefined {
    for (const directory of this.#parts.directory.all()) {
      const person = indexOf(directory).person(personId);
      if (person) return { directory, person };
    }
    return undefined;
  }
}
