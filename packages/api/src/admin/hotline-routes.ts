import { newId } from '@amtsleitung/base';
import { adminRoutes, type HotlineInput } from '@amtsleitung/contract';
import { indexOf, type Hotline, type OpeningHours, type TownDirectory } from '@amtsleitung/domain';
import type { ApiContext } from '../api-context.ts';
import { conflict, notFound } from '../http/problem.ts';
import { checkHotline } from './check-hotline.ts';
import { hasOpenMessages } from './open-messages.ts';
import { recordChange } from './record-change.ts';

export function registerAdminHotlineRoutes(context: ApiContext): void {
  const { routes, ports } = context;
  const { directoryStore, clock, random } = ports;
  const save = async (id: string, input: HotlineInput, before: Hotline | undefined, now: TownDirectory) => {
    checkHotline(input, before, now);
    const hotline: Hotline = {
      ...input,
      id,
      tenantId: now.tenant.id,
      memberIds: [...new Set(input.memberIds)],
      openingHours: input.openingHours as OpeningHours,
    };
    await directoryStore.saveHotline(hotline);
    return hotline;
  };
  routes.answer(
    adminRoutes.createHotline,
    ({ actor, body }) =>
      recordChange(context, actor, 'hotline', 'created', (directory) =>
        save(newId(clock, random), body, undefined, directory),
      ),
    ({ id }) => ({ id }),
  );
  routes.act(adminRoutes.updateHotline, async ({ actor, params, body }) => {
    await recordChange(context, actor, 'hotline', 'updated', (directory) =>
      save(params.id, body, hotlineOf(directory, params.id), directory),
    );
  });
  routes.act(adminRoutes.deleteHotline, async ({ actor, params }) => {
    await recordChange(context, actor, 'hotline', 'deleted', async (directory) => {
      const { id, tenantId } = hotlineOf(directory, params.id);
      const leadsHere = directory.numbers.some(
        ({ destination }) => destination.kind === 'hotline' && destination.hotlineId === id,
      );
      if (leadsHere) throw conflict('in-use');
      if (await hasOpenMessages(ports.messages, tenantId, { kind: 'hotline', hotlineId: id })) {
        throw conflict('open-messages');
      }
      await directoryStore.deleteHotline(tenantId, id);
      return { id };
    });
  });
}

function hotlineOf(directory: TownDirectory, hotlineId: string): Hotline {
  const hotline = indexOf(directory).hotline(hotlineId);
  if (!hotline) throw notFound();
  return hotline;
}
