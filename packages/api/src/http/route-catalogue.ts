import type { FastifyInstance } from 'fastify';
import type { Access } from '@amtsleitung/contract';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set by `RouteRegistrar` only; a route below /api without it does not start. */
    access?: Access;
  }
}

export interface RouteEntry {
  readonly method: string;
  readonly path: string;
  /** Undefined: files of the web app. */
  readonly access?: Access;
}

/** Writes down each route as the router learns it, and refuses one that forgot to say who may use it. */
export function keepRouteCatalogue(app: FastifyInstance): readonly RouteEntry[] {
  const entries: RouteEntry[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    const access = config?.access;
    if (url.startsWith('/api') && !access) throw new Error(`route ${url} has no access level`);
    for (const one of [method].flat()) entries.push({ method: one, path: url, access });
  });
  return entries;
}
