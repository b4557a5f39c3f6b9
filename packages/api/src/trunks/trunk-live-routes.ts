import { trunkRoutes, type TrunkPresetView } from '@amtsleitung/contract';
import { indexOf, type TrunkPreset } from '@amtsleitung/domain';
import type { ApiContext } from '../api-context.ts';
import { notFound } from '../http/problem.ts';

/** What a trunk's page needs beside the record itself. */
export function registerTrunkLiveRoutes({ routes, ports }: ApiContext): void {
  routes.answer(
    trunkRoutes.presets,
    () => ports.trunkPresets,
    (presets) => ({ presets: presets.map(presentPreset) }),
  );
  routes.act(trunkRoutes.check, ({ actor, params }) => {
    const trunk = indexOf(actor.directory).trunk(params.id);
    if (!trunk) throw notFound();
    ports.trunkStates.check(trunk.id);
  });
}

/** The same fields; lists are copied because the domain's are read-only. */
const presentPreset = (preset: TrunkPreset): TrunkPresetView => structuredClone(preset) as TrunkPresetView;
