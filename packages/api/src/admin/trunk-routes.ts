import { newId } from '@amtsleitung/base';
import { adminRoutes, type TrunkInput } from '@amtsleitung/contract';
import { indexOf, staticTrunkSettings, type Trunk, type TrunkSettings, type TownDirectory } from '@amtsleitung/domain';
import type { ApiContext } from '../api-context.ts';
import { conflict, notFound } from '../http/problem.ts';
import { checkTrunk } from './check-trunk.ts';
import { recordChange } from './record-change.ts';

export function registerTrunkRoutes(context: ApiContext): void {
  const { routes, ports } = context;
  const { directory: houses, directoryStore, clock, random } = ports;
  const save = async (id: string, input: TrunkInput, before: Trunk | undefined, now: TownDirectory) => {
    checkTrunk(input, before, { houses: houses.all(), sipProxies: ports.sipProxies ?? [] });
    const trunk = trunkFrom(context, id, input, before, now);
    await directoryStore.saveTrunk(trunk);
    return trunk;
  };
  routes.answer(
    adminRoutes.createTrunk,
    ({ actor, body }) =>
      recordChange(context, actor, 'trunk', 'created', (directory) =>
        save(newId(clock, random), body, undefined, directory),
      ),
    ({ id }) => ({ id }),
  );
  routes.act(adminRoutes.updateTrunk, async ({ actor, params, body }) => {
    await recordChange(context, actor, 'trunk', 'updated', (directory) =>
      save(params.id, body, trunkOf(directory, params.id), directory),
    );
  });
  routes.act(adminRoutes.deleteTrunk, async ({ actor, params }) => {
    await recordChange(context, actor, 'trunk', 'deleted', async (directory) => {
      const trunk = trunkOf(directory, params.id);
      const carries =
        directory.headNumbers.some(({ trunkId }) => trunkId === trunk.id) ||
        directory.sites.some(({ emergencyTrunkId }) => emergencyTrunkId === trunk.id);
      if (carries) throw conflict('in-use');
      await directoryStore.deleteTrunk(trunk.tenantId, trunk.id);
      return trunk;
    });
  });
}

function trunkFrom(
  { ports }: ApiContext,
  id: string,
  { password, settings, ...fields }: TrunkInput,
  before: Trunk | undefined,
  { tenant }: TownDirectory,
): Trunk {
  const base = {
    ...fields,
    id,
    tenantId: tenant.id,
    settings: settingsOf(settings) ?? before?.settings ?? staticTrunkSettings,
  };
  if (fields.username === '') return base;
  if (password) {
    return { ...base, password, ha1: ports.deviceSecrets.hash(fields.username, tenant.sipDomain, password) };
  }
  return { ...base, password: before?.password, ha1: before?.ha1 };
}

/** The contract has checked that a weekday is one of seven. */
const settingsOf = (settings: TrunkInput['settings']) => settings as TrunkSettings | undefined;

function trunkOf(directory: TownDirectory, trunkId: string): Trunk {
  const trunk = indexOf(directory).trunk(trunkId);
  if (!trunk) throw notFound();
  return trunk;
}
