import { newId } from '@amtsleitung/base';
import { adminRoutes } from '@amtsleitung/contract';
import {
  extensionFlaw,
  indexOf,
  type Destination,
  type NumberAssignment,
  type TownDirectory,
} from '@amtsleitung/domain';
import type { ApiContext } from '../api-context.ts';
import { notFound } from '../http/problem.ts';
import { FieldErrors } from './field-errors.ts';
import { movePersonOfNumber } from './keep-number-in-step.ts';
import { recordChange } from './record-change.ts';

type NumberFields = Pick<NumberAssignment, 'headNumberId' | 'extension' | 'destination'>;

export function registerNumberRoutes(context: ApiContext): void {
  const { routes, ports } = context;
  const { directoryStore, clock, random } = ports;
  const save = async (id: string, input: NumberFields, before: NumberAssignment | undefined, now: TownDirectory) => {
    checkNumber(input, before, now);
    const number: NumberAssignment = { ...input, id, tenantId: now.tenant.id };
    await directoryStore.saveNumber(number);
    await movePersonOfNumber(directoryStore, number, before, now);
    return number;
  };
  routes.answer(
    adminRoutes.createNumber,
    ({ actor, body }) =>
      recordChange(context, actor, 'number', 'created', (directory) =>
        save(newId(clock, random), body, undefined, directory),
      ),
    ({ id }) => ({ id }),
  );
  routes.act(adminRoutes.updateNumber, async ({ actor, params, body }) => {
    await recordChange(context, actor, 'number', 'updated', (directory) =>
      save(params.id, body, numberOf(directory, params.id), directory),
    );
  });
  routes.act(adminRoutes.deleteNumber, async ({ actor, params }) => {
    await recordChange(context, actor, 'number', 'deleted', async (directory) => {
      const number = numberOf(directory, params.id);
      await directoryStore.deleteNumber(number.tenantId, number.id);
      await movePersonOfNumber(directoryStore, undefined, number, directory);
      return number;
    });
  });
}

function checkNumber(input: NumberFields, before: NumberAssignment | undefined, directory: TownDirectory): void {
  const errors = new FieldErrors();
  const index = indexOf(directory);
  errors.when(!index.headNumber(input.headNumberId), 'headNumberId', 'unknown');
  const flaw = input.extension === before?.extension ? undefined : extensionFlaw(input.extension);
  errors.when(flaw !== undefined, 'extension', flaw ?? '');
  const place = index.assignment(input.headNumberId, input.extension);
  errors.when(place !== undefined && place.id !== before?.id, 'extension', 'taken');
  errors.when(!exists(input.destination, directory), 'destination', 'unknown');
  errors.throwIfAny();
}

const exists = (destination: Destination, directory: TownDirectory): boolean =>
  destination.kind === 'person'
    ? indexOf(directory).person(destination.personId) !== undefined
    : indexOf(directory).hotline(destination.hotlineId) !== undefined;

function numberOf({ numbers }: TownDirectory, numberId: string): NumberAssignment {
  const number = numbers.find(({ id }) => id === numberId);
  if (!number) throw notFound();
  return number;
}
