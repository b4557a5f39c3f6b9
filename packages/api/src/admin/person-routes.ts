import { newId } from '@amtsleitung/base';
import { adminRoutes, type PersonInput } from '@amtsleitung/contract';
import { plainPersonPhone } from '@amtsleitung/domain';
import type { Destination, ForwardingKind, Person, Role, TownDirectory } from '@amtsleitung/domain';
import type { ApiContext } from '../api-context.ts';
import { conflict } from '../http/problem.ts';
import { hashPassword } from '../session/password-hasher.ts';
import { checkPerson, isLastAdministrator, personOf } from './check-person.ts';
import { moveNumberOfPerson } from './keep-number-in-step.ts';
import { hasOpenMessages } from './open-messages.ts';
import { recordChange } from './record-change.ts';

const forwardingKinds: readonly ForwardingKind[] = ['always', 'busy', 'noAnswer'];
const allRoles: readonly Role[] = ['person', 'lead', 'admin'];

export function registerPersonRoutes(context: ApiContext): void {
  const { routes, keeper, ports } = context;
  routes.answer(
    adminRoutes.createPerson,
    ({ actor, body }) =>
      recordChange(context, actor, 'person', 'created', async (directory) => {
        checkPerson(body, undefined, directory);
        return savePerson(context, body, undefined, directory);
      }),
    ({ id }) => ({ id }),
  );
  routes.act(adminRoutes.updatePerson, async ({ actor, params, body }) => {
    const person = await recordChange(context, actor, 'person', 'updated', async (directory) => {
      const before = personOf(directory, params.id);
      checkPerson(body, before, directory);
      return savePerson(context, body, before, directory);
    });
    // A new password or a taken login ends what was begun with the old one.
    if (body.password !== undefined || person.login === undefined) await keeper.endAllOf(person.id);
  });
  routes.act(adminRoutes.clearForwarding, async ({ actor, params }) => {
    await recordChange(context, actor, 'person', 'updated', async (directory) => {
      const person = personOf(directory, params.id);
      // Also what they have just set themselves and is not stored yet.
      for (const when of forwardingKinds) ports.settings.setForwarding(person.id, when, '');
      const forwarding = { ...person.phone.forwarding, always: '', busy: '', noAnswer: '' };
      await ports.directoryStore.savePerson({ ...person, phone: { ...person.phone, forwarding } });
      return person;
    });
  });
  routes.act(adminRoutes.deletePerson, async ({ actor, params }) => {
    await recordChange(context, actor, 'person', 'deleted', async (directory) => {
      const person = personOf(directory, params.id);
      await refuseDeletion(context, person, directory);
      await ports.directoryStore.deletePerson(person.tenantId, person.id);
      return person;
    });
    await keeper.endAllOf(params.id);
  });
}

async function savePerson(
  { ports }: ApiContext,
  input: PersonInput,
  before: Person | undefined,
  directory: TownDirectory,
): Promise<Person> {
  const { directoryStore, passwords, clock, random } = ports;
  const id = () => newId(clock, random);
  const { password, diallingClasses, ...fields } = input;
  const person: Person = {
    ...fields,
    id: before?.id ?? id(),
    tenantId: directory.tenant.id,
    login: fields.login?.normalize('NFC'),
    roles: allRoles.filter((role) => role === 'person' || fields.roles.includes(role)),
    away: before?.away ?? false,
    phone: { ...(before?.phone ?? plainPersonPhone), diallingClasses },
  };
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  await directoryStore.savePerson(person);
  await moveNumberOfPerson(directoryStore, person, before, directory, id);
  if (passwordHash !== undefined && person.login !== undefined) await passwords.set(person.id, passwordHash);
  return person;
}

/** Nobody disappears while citizens are still led to them or wait for them. Devices and memberships go along. */
async function refuseDeletion({ ports }: ApiContext, person: Person, directory: TownDirectory): Promise<void> {
  const box: Destination = { kind: 'person', personId: person.id };
  const leadsHere = directory.numbers.some(
    ({ destination }) => destination.kind === 'person' && destination.personId === person.id,
  );
  if (isLastAdministrator(person, directory)) throw conflict('last-administrator');
  if (leadsHere) throw conflict('in-use');
  if (await hasOpenMessages(ports.messages, person.tenantId, box)) throw conflict('open-messages');
}
