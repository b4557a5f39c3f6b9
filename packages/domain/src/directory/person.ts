import type { Language } from '../identity/language.ts';
import type { Role } from '../identity/role.ts';
import type { PersonPhone } from './person-phone.ts';

/** Somebody in the house; has a login or is only listed. */
export interface Person {
  readonly id: string;
  readonly tenantId: string;
  readonly departmentId: string;
  readonly siteId: string;
  readonly firstName: string;
  readonly lastName: string;
  /** What the person does, e.g. "Wohnung ummelden"; searched as well. May be empty. */
  readonly duties: string;
  /** Digits after the head number; undefined for people without a line. */
  readonly extension?: string;
  /** Login name, unique within the tenant; undefined for people who are only listed. */
  readonly login?: string;
  readonly roles: readonly Role[];
  readonly language: Language;
  /** Chosen by the person or an administrator; shown to all as the one neutral word "abwesend". */
  readonly away: boolean;
  readonly phone: PersonPhone;
}

/** "Vorname Nachname". */
export const fullName = (person: Person): string => `${person.firstName} ${person.lastName}`;
