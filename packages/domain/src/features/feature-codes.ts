import type { ForwardingKind } from './phone-settings.ts';

/** What a dialled code asks for. */
export type Feature =
  | { readonly kind: 'pick-up'; readonly extension?: string }
  /** As a transfer's target it parks, dialled with an orbit it fetches. */
  | { readonly kind: 'park'; readonly orbit?: string }
  | { readonly kind: 'do-not-disturb'; readonly on: boolean }
  /** Empty: off. */
  | { readonly kind: 'forwarding'; readonly when: ForwardingKind; readonly to: string }
  | { readonly kind: 'hide-number'; readonly number: string }
  /** Nothing given: the phone asks. */
  | { readonly kind: 'log-in'; readonly code?: string; readonly extension?: string; readonly pin?: string }
  | { readonly kind: 'log-out' };

/** One line of the list that screens and the handbook show. */
export interface FeatureCode {
  readonly written: string;
  readonly de: string;
  readonly en: string;
  readonly pattern: RegExp;
  readonly read: (...parts: string[]) => Feature;
}

const forwardingCodes = (
  code: string,
  when: ForwardingKind,
  { de, en }: { readonly de: string; readonly en: string },
): readonly FeatureCode[] => [
  {
    written: `*${code}*Ziel#`,
    de: `${de} an das Ziel weiterleiten`,
    en: `Forward ${en} to the target`,
    pattern: new RegExp(`^[*]{1,2}${code}[*]([+0-9]{1,20})#?$`),
    read: (to) => ({ kind: 'forwarding', when, to: to ?? '' }),
  },
  {
    written: `#${code}#`,
    de: `${de} nicht mehr weiterleiten`,
    en: `Stop forwarding ${en}`,
    pattern: new RegExp(`^#{1,2}${code}#$`),
    read: () => ({ kind: 'forwarding', when, to: '' }),
  },
];

/** Every code a phone of the house may dial. */
export const featureCodes: readonly FeatureCode[] = [
  {
    written: '*8',
    de: 'Anruf heranholen, der im Sachgebiet klingelt',
    en: 'Pick up a call that rings in the department',
    pattern: /^[*]8$/,
    read: () => ({ kind: 'pick-up' }),
  },
  {
    written: '*8Durchwahl',
    de: 'Anruf heranholen, der bei dieser Durchwahl klingelt',
    en: 'Pick up the call that rings at this extension',
    pattern: /^[*]8([0-9]{1,6})$/,
    read: (extension) => ({ kind: 'pick-up', extension: extension ?? '' }),
  },
  {
    written: '*5',
    de: 'Gehaltenes Gespräch parken; auch als Ziel beim Verbinden',
    en: 'Park the call on hold; also as the target of a transfer',
    pattern: /^[*]5$/,
    read: () => ({ kind: 'park' }),
  },
  {
    written: '*5Platz',
    de: 'Geparktes Gespräch von diesem Platz holen',
    en: 'Fetch the call that is parked there',
    pattern: /^[*]5([0-9]{1,2})$/,
    read: (orbit) => ({ kind: 'park', orbit: orbit ?? '' }),
  },
  {
    written: '*26#',
    de: 'Nicht stören einschalten',
    en: 'Do not disturb on',
    pattern: /^[*]26#?$/,
    read: () => ({ kind: 'do-not-disturb', on: true }),
  },
  {
    written: '#26#',
    de: 'Nicht stören ausschalten',
    en: 'Do not disturb off',
    pattern: /^#26#$/,
    read: () => ({ kind: 'do-not-disturb', on: false }),
  },
  ...forwardingCodes('21', 'always', { de: 'Alle Anrufe', en: 'all calls' }),
  ...forwardingCodes('67', 'busy', { de: 'Anrufe bei „besetzt“', en: 'calls when busy' }),
  ...forwardingCodes('61', 'noAnswer', { de: 'Nicht angenommene Anrufe', en: 'unanswered calls' }),
  {
    written: '*31#Nummer',
    de: 'Diesen Anruf ohne eigene Rufnummer führen',
    en: 'Call without showing the own number',
    pattern: /^[*]31#(.{1,40})$/,
    read: (number) => ({ kind: 'hide-number', number: number ?? '' }),
  },
  {
    written: '*30',
    de: 'An diesem Telefon anmelden; Durchwahl und PIN werden erfragt',
    en: 'Log in on this phone; it asks for extension and PIN',
    pattern: /^[*]30$/,
    read: () => ({ kind: 'log-in' }),
  },
  {
    written: '*30Einmalcode',
    de: 'An diesem Telefon mit dem Code vom Bildschirm anmelden',
    en: 'Log in on this phone with the code from the screen',
    pattern: /^[*]30([0-9]{6})$/,
    read: (code) => ({ kind: 'log-in', code: code ?? '' }),
  },
  {
    written: '*30*Durchwahl*PIN#',
    de: 'An diesem Telefon mit Durchwahl und PIN anmelden',
    en: 'Log in on this phone with extension and PIN',
    pattern: /^[*]30[*]([0-9]{1,6})[*]([0-9]{6,12})#?$/,
    read: (extension, pin) => ({ kind: 'log-in', extension: extension ?? '', pin: pin ?? '' }),
  },
  {
    written: '*30#',
    de: 'Von diesem Telefon abmelden',
    en: 'Log out from this phone',
    pattern: /^[*]30#$/,
    read: () => ({ kind: 'log-out' }),
  },
];

/** Undefined: no code but a number. Some phones escape the hash as their URI asks (RFC 3986 §2.1). */
export function parseFeature(dialled: string): Feature | undefined {
  if (dialled.length > longestCode) return undefined;
  const digits = dialled.replace(/%23/g, '#').replace(/%2a/gi, '*').trim();
  for (const { pattern, read } of featureCodes) {
    const match = pattern.exec(digits);
    if (match) return read(...match.slice(1));
  }
  return undefined;
}

const longestCode = 64;
