import { adminRoutes } from '@amtsleitung/contract';
import type { ApiContext } from '../api-context.ts';
import { registerDeviceRoutes } from './device-routes.ts';
import { registerAdminHotlineRoutes } from './hotline-routes.ts';
import { registerNumberRoutes } from './number-routes.ts';
import { registerOrganisationRoutes } from './organisation-routes.ts';
import { registerPersonRoutes } from './person-routes.ts';
import { presentAdmin } from './present-admin.ts';
import { registerTrunkRoutes } from './trunk-routes.ts';

export function registerAdminRoutes(context: ApiContext): void {
  const { routes, ports } = context;
  routes.answer(
    adminRoutes.overview,
    ({ actor }) => actor.directory,
    (directory) => presentAdmin(directory, ports.reachability),
  );
  registerOrganisationRoutes(context);
  registerPersonRoutes(context);
  registerDeviceRoutes(context);
  registerNumberRoutes(context);
  registerTrunkRoutes(context);
  registerAdminHotlineRoutes(context);
}
