import { headsOf, writeNumber, type ShownParty, type TownDirectory } from '@amtsleitung/domain';

/**
 * The written form of the other side: a colleague as `Name (-122)`, numbers by DIN 5008. Empty when the number is
 * suppressed or erased: the screen has a word for that.
 */
export function partyText(party: ShownParty, { headNumbers }: TownDirectory): string {
  const { number, name } = party;
  if (!number) return name ?? '';
  const written = writtenNumber(number, headNumbers);
  return name ? `${name} (${written})` : written;
}

/** Inside the house only the extension: `-122`. */
function writtenNumber(number: string, headNumbers: TownDirectory['headNumbers']): string {
  if (/^\d{1,6}$/.test(number)) return `-${number}`;
  const own = headsOf(number, headNumbers)[0];
  return own && number.length > own.e164.length
    ? `-${number.slice(own.e164.length)}`
    : writeNumber(number, headNumbers);
}
