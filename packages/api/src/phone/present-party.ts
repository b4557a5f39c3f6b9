import { headsOf, indexOf, writeNumber, type ShownParty, type TownDirectory } from '@amtsleitung/domain';

/**
 * The written form of the other side: a colleague as `Name (-122)`, numbers by DIN 5008. Empty when the number is
 * suppressed or erased: the screen has a word for that.
 */
export function partyText(party: ShownParty, directory: TownDirectory): string {
  const { number, name } = party;
  if (!number) return name ?? '';
  const written = writtenNumber(number, directory);
  return name ? `${name} (${written})` : written;
}

/** Inside the house only the extension: `-122`. */
function writtenNumber(number: string, directory: TownDirectory): string {
  const { headNumbers } = directory;
  if (isExtension(number, directory)) return `-${number}`;
  const own = headsOf(number, headNumbers)[0];
  return own && number.length > own.e164.length
    ? `-${number.slice(own.e164.length)}`
    : writeNumber(number, headNumbers);
}

/** 110 and 112 are digits too, and nobody's extension. */
const isExtension = (number: string, directory: TownDirectory): boolean => {
  const index = indexOf(directory);
  const assigned = directory.headNumbers.some(({ id }) => index.assignment(id, number));
  return assigned || index.personByExtension(number) !== undefined;
};
