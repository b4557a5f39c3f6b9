import type { Server } from 'node:http';
import type { ApiOptions } from './api-options.ts';
import { buildApp } from './build-app.ts';
import type { RouteEntry } from './http/route-catalogue.ts';

export interface Api {
  /** Binds and serves; port 0 takes a free one. Rejects with the system's error, e.g. `EADDRINUSE`. */
  listen(where: { readonly host: string; readonly port: number }): Promise<void>;
  /** Ends every live screen and SIP WebSocket, then stops; resolves when the port is free. */
  close(): Promise<void>;
  readonly server: Server;
  /** Undefined before `listen`. */
  readonly address: { readonly host: string; readonly port: number } | undefined;
  /** Every route as the router knows it; complete after `listen`. */
  readonly routes: readonly RouteEntry[];
}

const mostClosingMilliseconds = 2_000;

/** The HTTP and WebSocket side of the house. */
export function createApi(options: ApiOptions): Api {
  const { app, entries, services } = buildApp(options);
  return {
    server: app.server,
    routes: entries,
    get address() {
      const bound = app.server.address();
      return bound && typeof bound === 'object' ? { host: bound.address, port: bound.port } : undefined;
    },
    listen: async ({ host, port }) => {
      await app.listen({ host, port });
      services.hub.start();
      services.keeper.start();
    },
    close: async () => {
      services.hub.close();
      services.keeper.close();
      services.upgrades.close();
      // Answers on their way may finish; a peer that trickles its request may not hold the house open.
      const timer = options.timers.after(mostClosingMilliseconds, () => app.server.closeAllConnections());
      await app.close();
      timer.cancel();
    },
  };
}
