import { parseSipUri } from '@amtsleitung/sip';

/** The number in a SIP or tel URI: digits, perhaps with `+`; undefined when the user part is none. */
export function numberOf(uri: string): string | undefined {
  const user = parseSipUri(uri)?.user ?? /^tel:([^;?]+)/i.exec(uri)?.[1];
  const bare = user?.split(';')[0]?.replace(/[-.()\s]/g, '');
  return bare !== undefined && /^\+?[0-9*#]{1,32}$/.test(bare) ? bare : undefined;
}

/** Text from outside, fit for one line of a screen or a header: no control or direction-changing characters. */
export function shownText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
}
