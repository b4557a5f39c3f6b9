import { indexOf } from '../directory/directory-index.ts';
import { fullName, type Person } from '../directory/person.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import type { HeadNumber } from '../numbering/head-number.ts';
import { parseNumber } from '../numbering/parse-number.ts';
import { mayBeCallerId } from '../numbering/number-class.ts';
import type { ShownParty } from '../calls/call-control.ts';

/** The head number a person belongs to: that of their own number, else the first. */
export function headOfPerson(directory: TownDirectory, personId: string): HeadNumber | undefined {
  const index = indexOf(directory);
  const own = index.assignmentOfPerson(personId);
  return (own && index.headNumber(own.headNumberId)) ?? directory.headNumbers[0];
}

/** What the outside sees of a person: head and extension, else the switchboard's `-0`; never a private number (R18). */
export function officeNumber(directory: TownDirectory, personId: string): string | undefined {
  const head = headOfPerson(directory, personId);
  return head && `${head.e164}${extensionOf(directory, personId) ?? '0'}`;
}

export function extensionOf(directory: TownDirectory, personId: string): string | undefined {
  const index = indexOf(directory);
  return index.assignmentOfPerson(personId)?.extension ?? index.person(personId)?.extension;
}

/** What colleagues see of a person: name and extension. */
export function shownToColleagues(directory: TownDirectory, person: Person): ShownParty {
  const number = extensionOf(directory, person.id);
  return { name: fullName(person), ...(number === undefined ? {} : { number }) };
}

/**
 * The caller of a trunk call as phones may see it. Numbers nobody may show (TKG §120 (2)), short ones that would look
 * like a colleague, and whatever is no number count as suppressed, together with the name.
 */
export function shownFromTrunk(caller: ShownParty): ShownParty {
  if (caller.number === undefined) return {};
  const bare = /^49[1-9][0-9]{6,12}$/.test(caller.number) ? `+${caller.number}` : caller.number;
  const parsed = parseNumber(bare);
  if (parsed.kind !== 'e164' || !mayBeCallerId(parsed.e164)) return {};
  const name = caller.name?.trim().slice(0, longestName);
  return { number: parsed.e164, ...(name ? { name } : {}) };
}

const longestName = 80;
