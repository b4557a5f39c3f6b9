import { indexOf } from '../directory/directory-index.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import type { Trunk } from '../directory/trunk.ts';
import type { DiallingClass } from '../numbering/dialling-class.ts';
import { isOpen } from '../schedule/is-open.ts';
import { headOfPerson, officeNumber } from './office-number.ts';

/** One trunk that may carry a call, and the number it shows there. */
export interface OutsideLine {
  readonly trunkId: string;
  /** Undefined in a house without any number, for emergency calls only. */
  readonly callerNumber?: string;
}

/**
 * The trunks that may carry a person's call, best first: that of their own head number, then by order. Another trunk
 * counts only when its provider lets a number of this house be shown there: one of a head number of its own, or any
 * (CLIP no screening). `at`: wall milliseconds.
 */
export function outsideLines(
  directory: TownDirectory,
  personId: string,
  diallingClass: DiallingClass,
  at: number,
): readonly OutsideLine[] {
  const own = headOfPerson(directory, personId)?.trunkId;
  return inOrder(directory.trunks, own)
    .filter((trunk) => carries(trunk, diallingClass) && isInHours(trunk, directory.tenant.timeZone, at))
    .flatMap((trunk) => {
      const callerNumber = numberOn(directory, trunk, personId);
      return callerNumber === undefined ? [] : [{ trunkId: trunk.id, callerNumber }];
    });
}

const inOrder = (trunks: readonly Trunk[], own: string | undefined): readonly Trunk[] =>
  [...trunks].sort(
    (left, right) => Number(right.id === own) - Number(left.id === own) || left.settings.order - right.settings.order,
  );

const carries = ({ settings }: Trunk, diallingClass: DiallingClass): boolean =>
  settings.enabled && (settings.carries.length === 0 || settings.carries.includes(diallingClass));

const isInHours = ({ settings }: Trunk, timeZone: string, at: number): boolean =>
  settings.hours.length === 0 || isOpen({ intervals: settings.hours, closures: [] }, timeZone, at);

/** The person's own number where it may be shown, else the switchboard's of this trunk's first head number. */
function numberOn(directory: TownDirectory, trunk: Trunk, personId: string): string | undefined {
  const ownHead = headOfPerson(directory, personId);
  if (ownHead?.trunkId === trunk.id || trunk.settings.identity.noScreening) return officeNumber(directory, personId);
  const head = directory.headNumbers.find(({ trunkId }) => trunkId === trunk.id);
  if (!head) return undefined;
  const place = directory.numbers.find(
    ({ headNumberId, destination }) =>
      headNumberId === head.id && destination.kind === 'person' && destination.personId === personId,
  );
  return `${head.e164}${place?.extension ?? '0'}`;
}

/** Whether a call over this trunk may show a number that is not ours: that of somebody whose call is forwarded. */
export const mayShowForeign = (directory: TownDirectory, trunkId: string): boolean =>
  indexOf(directory).trunk(trunkId)?.settings.identity.noScreening ?? false;
