import {
  indexOf,
  type DirectoryStore,
  type NumberAssignment,
  type Person,
  type TownDirectory,
} from '@amtsleitung/domain';

/** The head number under which a person's extension stands: that of their own number, else the first. */
function headIdOf(person: Person | undefined, directory: TownDirectory): string | undefined {
  const own = person && indexOf(directory).assignmentOfPerson(person.id);
  return own?.headNumberId ?? directory.headNumbers[0]?.id;
}

/** Who has the place that `person` would get with this extension. */
export function placeOf(
  extension: string,
  person: Person | undefined,
  directory: TownDirectory,
): NumberAssignment | undefined {
  const headId = headIdOf(person, directory);
  return headId === undefined ? undefined : indexOf(directory).assignment(headId, extension);
}

/**
 * A person's extension and the number that leads to it are one thing to an administrator: after a change of the
 * extension the number moves, appears or goes. Without any head number there is nothing to keep.
 */
export async function moveNumberOfPerson(
  store: DirectoryStore,
  person: Person,
  before: Person | undefined,
  directory: TownDirectory,
  newId: () => string,
): Promise<void> {
  const headNumberId = headIdOf(before, directory);
  if (headNumberId === undefined) return;
  const old = before?.extension === undefined ? undefined : ownPlace(before, before.extension, directory);
  if (person.extension === undefined) {
    if (old) await store.deleteNumber(person.tenantId, old.id);
    return;
  }
  if (ownPlace(person, person.extension, directory)) return;
  await store.saveNumber({
    id: old?.id ?? newId(),
    tenantId: person.tenantId,
    headNumberId: old?.headNumberId ?? headNumberId,
    extension: person.extension,
    destination: { kind: 'person', personId: person.id },
  });
}

/** The other way round: a person's record follows the number that came or went. */
export async function movePersonOfNumber(
  store: DirectoryStore,
  number: NumberAssignment | undefined,
  before: NumberAssignment | undefined,
  directory: TownDirectory,
): Promise<void> {
  const loser = personOf(before, directory);
  const winner = personOf(number, directory);
  const lost = loser !== undefined && loser.extension === before?.extension;
  const moved = loser?.id === winner?.id;
  if (lost && !moved) await store.savePerson({ ...loser, extension: undefined });
  if (winner && number && (winner.extension === undefined || (lost && moved))) {
    await store.savePerson({ ...winner, extension: number.extension });
  }
}

const personOf = (number: NumberAssignment | undefined, directory: TownDirectory): Person | undefined =>
  number?.destination.kind === 'person' ? indexOf(directory).person(number.destination.personId) : undefined;

const ownPlace = (person: Person, extension: string, { numbers }: TownDirectory): NumberAssignment | undefined =>
  numbers.find(
    ({ destination, ...number }) =>
      destination.kind === 'person' && destination.personId === person.id && number.extension === extension,
  );
