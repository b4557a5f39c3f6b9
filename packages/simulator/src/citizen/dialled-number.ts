/** Area code of the demo town, assigned to nobody. */
const demoAreaCode = '4999';

/**
 * What the provider puts into the INVITE when a citizen of `areaCode` dials `written`: `21-0`, `04999 21-0` and
 * `+49 4999 21-0` are all `+494999210`. Throws for anything but digits and the usual separators.
 */
export function dialledNumber(written: string, areaCode: string = demoAreaCode): string {
  if (!/^\+?[\d\s/()-]*\d[\d\s/()-]*$/.test(written)) throw new Error(`"${written}" is no telephone number`);
  const digits = written.replace(/\D/g, '');
  if (written.trim().startsWith('+')) return `+${digits}`;
  if (digits.startsWith('00')) return `+${digits.slice(2)}`;
  if (digits.startsWith('0')) return `+49${digits.slice(1)}`;
  return `+49${areaCode}${digits}`;
}
