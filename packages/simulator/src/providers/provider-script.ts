import type { Header } from '@amtsleitung/sip';
import type { Spelling } from './spelled-number.ts';

export type DialledPlace = 'request-uri' | 'to' | 'p-called-party-id';
export type IdentityPlace = 'p-asserted-identity' | 'p-preferred-identity' | 'from';

/** The access the provider gave its customer. */
export interface ProviderAccount {
  readonly username: string;
  /** Digest name where it is another. */
  readonly authName?: string;
  readonly password: string;
}

/**
 * How one provider behaves at its end of a trunk, as data: written from the provider's document, never from the house's
 * presets, so that the two can disagree.
 */
export interface ProviderScript {
  /** The document it was written from; `none` where there is only habit. */
  readonly document: string;
  readonly domain: string;
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** Absent: a static trunk, known by address. */
  readonly account?: ProviderAccount;
  readonly digest: 'MD5' | 'SHA-256';
  /** Whether INVITEs are challenged, too. */
  readonly challengesInvite: boolean;
  /** Seconds: a REGISTER that asks for less is told 423 with Min-Expires; more than `most` is cut. */
  readonly registration: { readonly least: number; readonly most: number };
  /** An INVITE that reaches another server than the one that holds the registration gets 403. */
  readonly bindsToServer: boolean;
  /** The customer's numbers, as E.164 beginnings. */
  readonly blocks: readonly string[];
  readonly incoming: {
    readonly spelling: Spelling;
    readonly dialledIn: DialledPlace;
    /** Where the caller stands besides From. */
    readonly assertsIdentity: boolean;
  };
  readonly outgoing: {
    readonly spellings: readonly Spelling[];
    /** Header that must name one of the customer's numbers, or the call gets 403. */
    readonly identityIn: IdentityPlace;
    readonly identitySpellings: readonly Spelling[];
    /** User part of From: the account, a number, or either. */
    readonly fromUser: 'account' | 'number' | 'any';
    /** CLIP no screening: From may show a number that is not the customer's. */
    readonly noScreening: boolean;
    readonly hides: readonly ('privacy' | 'anonymous-from' | 'anonymous-display')[];
    readonly forwardedIn?: 'Diversion' | 'History-Info';
  };
  /** Required: an offer without SDES keys gets 488. */
  readonly srtp: 'off' | 'required';
  /** Encryption is agreed on in REGISTER (`mediasec`, RFC 3329): without it 494, and INVITEs must repeat the list. */
  readonly mediasec?: boolean;
  /** Seconds asked for in Session-Expires (RFC 4028). */
  readonly sessionExpires?: number;
}

/** Something that goes wrong at the provider for the next requests of a method. */
export interface ProviderFault {
  readonly method: 'REGISTER' | 'INVITE' | 'OPTIONS';
  /** Status of the answer; silence is no answer at all. */
  readonly answer: number | 'silence';
  readonly headers?: readonly Header[];
  /** How many requests it hits; left out: all until `heal`. */
  readonly times?: number;
  /** Only this server of the provider; left out: every one. */
  readonly server?: number;
}
