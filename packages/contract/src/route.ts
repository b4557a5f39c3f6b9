import type * as z from 'zod/mini';

/** Who may call a route: anybody, everybody with a login, team leads, administrators. Leads and admins are persons too. */
export type Access = 'public' | 'person' | 'lead' | 'admin';

/** One HTTP route as both sides know it. `path` uses `:name` for parameters. */
export interface Route<
  Params extends z.ZodMiniType = z.ZodMiniType,
  Query extends z.ZodMiniType = z.ZodMiniType,
  Body extends z.ZodMiniType = z.ZodMiniType,
  Reply extends z.ZodMiniType = z.ZodMiniType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly access: Access;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Undefined: 204 without content. */
  readonly reply?: Reply;
}

/** Keeps the literal types of a route. */
export const route = <const R extends Route>(definition: R): R => definition;
