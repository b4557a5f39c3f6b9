import type { Services } from './create-services.ts';
import type { RouteRegistrar } from './http/register-route.ts';

/** What the routes of every topic share. */
export interface ApiContext extends Services {
  readonly routes: RouteRegistrar;
}
