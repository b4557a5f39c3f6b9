import type { Server } from 'node:http';
import { DirectoryChanges } from './admin/directory-changes.ts';
import type { ApiOptions } from './api-options.ts';
import { TodayFigures } from './board/today-figures.ts';
import { AuditTrail } from './http/audit-trail.ts';
import { isLoopbackAddress, isLoopbackHost } from './http/same-origin.ts';
import { StoreGuard } from './http/store-guard.ts';
import { UpgradeDispatcher } from './http/upgrade-dispatcher.ts';
import { LiveHub } from './live/live-hub.ts';
import { LiveProjection } from './live/live-projection.ts';
import { LiveUpgrade } from './live/live-upgrade.ts';
import { PasswordChecker } from './session/password-hasher.ts';
import { SessionKeeper } from './session/session-keeper.ts';
import { SignInThrottle } from './session/sign-in-throttle.ts';

/** What outlives a single request. */
export interface Services {
  /** Stores in here answer in time or fail as `database-away`. */
  readonly ports: ApiOptions;
  readonly keeper: SessionKeeper;
  readonly passwords: PasswordChecker;
  readonly throttle: SignInThrottle;
  readonly changes: DirectoryChanges;
  readonly audit: AuditTrail;
  readonly figures: TodayFigures;
  readonly hub: LiveHub;
  readonly upgrades: UpgradeDispatcher;
  /** Whether one-click sign-in is open to a page asked for under this host name. */
  readonly demoOpen: (host: string | undefined) => boolean;
}

export function createServices(options: ApiOptions, server: Server): Services {
  const { clock, random, timers, logger } = options;
  const guard = new StoreGuard(timers, logger, () => hub.storeRecovered());
  const ports = guardedPorts(options, guard);
  const figures = new TodayFigures(ports);
  const keeper: SessionKeeper = new SessionKeeper({
    store: ports.sessions,
    clock,
    timers,
    random,
    onEnd: (session) => {
      options.browserCredentials.revokeSession(session.id);
      hub.closeSession(session.id, 'signed-out');
    },
  });
  const hub: LiveHub = new LiveHub(ports, keeper, new LiveProjection(ports, figures));
  const live = new LiveUpgrade(hub, keeper, ports);
  return {
    ports,
    keeper,
    figures,
    hub,
    passwords: new PasswordChecker(),
    throttle: new SignInThrottle(clock, (what, address) => logger.warn('many failed sign-ins', { what, address })),
    changes: new DirectoryChanges(ports),
    audit: new AuditTrail(options.events, clock, random),
    upgrades: new UpgradeDispatcher(server, live, ports),
    demoOpen: (host) => isDemoOpen(options, server, host),
  };
}

function guardedPorts(options: ApiOptions, guard: StoreGuard): ApiOptions {
  return {
    ...options,
    directoryStore: guard.around(options.directoryStore),
    passwords: guard.around(options.passwords),
    sessions: guard.around(options.sessions),
    calls: guard.around(options.calls),
    messages: guard.around(options.messages),
    figures: guard.around(options.figures),
    alerts: guard.around(options.alerts),
    traces: guard.around(options.traces),
    reloadDirectory: (tenantId) => guard.within('reload', () => options.reloadDirectory(tenantId)),
  };
}

/** The demo's people have no secret: unless told otherwise only this machine, asked for by its own name, gets in. */
function isDemoOpen(options: ApiOptions, server: Server, host: string | undefined): boolean {
  if (options.demoTenantId === undefined) return false;
  if (options.demoFromAnywhere) return true;
  const bound = server.address();
  const onLoopback = bound !== null && typeof bound === 'object' && isLoopbackAddress(bound.address);
  return onLoopback && !options.behindProxy && isLoopbackHost(host);
}
