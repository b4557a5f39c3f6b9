import { rightsRoutes, type AlertView } from '@amtsleitung/contract';
import { fullName, indexOf, type AlertEvent, type TownDirectory } from '@amtsleitung/domain';
import { recordChange } from '../admin/record-change.ts';
import type { ApiContext } from '../api-context.ts';

const alertDays = 7;
const mostAlerts = 50;

/** What the organisation allows, and what its guard has stopped. */
export function registerRightsRoutes(context: ApiContext): void {
  const { routes, ports } = context;
  routes.act(rightsRoutes.updateSettings, async ({ actor, body }) => {
    await recordChange(context, actor, 'settings', 'updated', async ({ tenant }) => {
      await ports.directoryStore.saveTenant({ ...tenant, settings: { ...tenant.settings, ...body } });
      return tenant;
    });
  });
  routes.answer(
    rightsRoutes.alerts,
    ({ actor }) => {
      const since = ports.clock.now() - alertDays * 86_400_000;
      return ports.alerts.recentAlerts(actor.tenant.id, { since, limit: mostAlerts });
    },
    (alerts, { actor }) => ({ alerts: alerts.map((alert) => presentAlert(alert, actor.directory)) }),
  );
}

function presentAlert(alert: AlertEvent, directory: TownDirectory): AlertView {
  const { id, at } = alert;
  const personName = (personId: string): string => {
    const person = indexOf(directory).person(personId);
    return person ? fullName(person) : '';
  };
  if (alert.kind === 'pin-locked')
    return { id, at, kind: alert.kind, scope: 'person', name: personName(alert.personId) };
  // An event's own id hides the record's: the fact's is read from what is named by its scope.
  const name =
    alert.scope === 'person' ? personName(alert.scopeId) : (indexOf(directory).trunk(alert.scopeId)?.name ?? '');
  return { id, at, kind: alert.kind, limit: alert.limit, scope: alert.scope, name };
}
