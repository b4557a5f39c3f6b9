import type { LineOccupancy } from '../calls/line-occupancy.ts';
import type { Clock } from '@amtsleitung/base';
import { routeCall } from '../dialplan/route-call.ts';
import type { Person } from '../directory/person.ts';
import type { TownDirectory } from '../directory/town-directory.ts';
import type { Call } from './call.ts';
import type { CallTable } from './call-table.ts';

/** Calls are picked up within a department; its own devices are somebody's own affair. */
export const mayPickUp = (colleague: Person, person: Person): boolean =>
  colleague.id === person.id || colleague.departmentId === person.departmentId;

/** The colleague whose devices this call rings, if this person may pick it up. */
export function colleagueRungBy(directory: TownDirectory, call: Call, person: Person): Person | undefined {
  return directory.people.find((colleague) => mayPickUp(colleague, person) && call.stage?.ringsAt?.(colleague.id));
}

/** The call to pick up: the one that rings at this extension, or longest in the department. */
export function callToPickUp(
  { table, lines, clock }: { readonly table: CallTable; readonly lines: LineOccupancy; readonly clock: Clock },
  directory: TownDirectory,
  person: Person,
  extension?: string,
): Call | undefined {
  if (extension === undefined) {
    return ringingAt(
      { table, lines },
      directory.people.filter((colleague) => mayPickUp(colleague, person)),
    );
  }
  const origin = { kind: 'device', personId: person.id } as const;
  const decision = routeCall(directory, { origin, dialled: extension, at: clock.now() });
  if (decision.kind !== 'person' || !mayPickUp(decision.person, person)) return undefined;
  return ringingAt({ table, lines }, [decision.person]);
}

/** The oldest call that rings at one of these people. */
export function ringingAt(
  { table, lines }: { readonly table: CallTable; readonly lines: LineOccupancy },
  people: readonly Person[],
): Call | undefined {
  return people
    .filter(({ id }) => lines.isRinging(id))
    .flatMap(({ id }) =>
      lines
        .callsOf(id)
        .flatMap((callId) => table.byId(callId) ?? [])
        .filter((call) => call.stage?.ringsAt?.(id)),
    )
    .sort((left, right) => left.arrivedAt - right.arrivedAt)[0];
}
