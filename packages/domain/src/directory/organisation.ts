import type { Language } from '../identity/language.ts';
import type { DiallingClass } from '../numbering/dialling-class.ts';
import type { TownSettings } from './town-settings.ts';

/** An Amt with its municipalities; everything hangs under exactly one. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** SIP domain of the tenant's devices, e.g. `musterstadt.example`. */
  readonly sipDomain: string;
  readonly language: Language;
  /** IANA zone of opening hours and reports, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
  readonly settings: TownSettings;
}

export interface Municipality {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
}

/** A property with an address: what an emergency call from there must name. */
export interface Site {
  readonly id: string;
  readonly tenantId: string;
  readonly municipalityId: string;
  readonly name: string;
  readonly address: string;
  /** E.164 number shown to the control centre for 110 and 112 from this site. */
  readonly emergencyNumber: string;
  /** Trunk that carries 110 and 112 from this site. */
  readonly emergencyTrunkId: string;
}

export interface Department {
  readonly id: string;
  readonly tenantId: string;
  readonly siteId: string;
  readonly name: string;
  /** What its people may dial; undefined: the organisation's rights. */
  readonly diallingClasses?: readonly DiallingClass[];
}
