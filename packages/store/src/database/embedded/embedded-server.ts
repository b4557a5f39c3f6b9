import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@amtsleitung/base';
import type { PoolConfig } from 'pg';
import { StoreError } from '../../store-error.ts';
import { locateBinaries } from './binaries.ts';
import { houseRole, prepareCluster } from './cluster.ts';
import { runPostmaster, stopPostmaster, type Installation, type Postmaster } from './postmaster.ts';
import { findPostmaster } from './postmaster-pid.ts';
import { canPass, chooseServerUser, type ServerUser } from './server-user.ts';
import { chooseSocketFolder, prepareSocketFolder } from './socket-folder.ts';

/** Our own PostgreSQL server, kept running until it is stopped. */
export interface EmbeddedServer {
  connection(): PoolConfig;
  /** Undefined while it is down. */
  pid(): number | undefined;
  /** It was running before this process came. */
  readonly adopted: boolean;
  stop(): Promise<void>;
  /** Stops looking after it; it goes on running. */
  leave(): void;
}

/** Starts the data folder's server or adopts the one that survived an earlier process. */
export async function startEmbedded(
  dataFolder: string,
  logger: Logger,
  settings: Readonly<Record<string, string>> = {},
): Promise<EmbeddedServer> {
  const cluster = join(dataFolder, 'database');
  const user = await chooseServerUser(cluster);
  if (user) await checkReachable(dataFolder, user);
  const binaries = await locateBinaries(dataFolder, user);
  const socketFolder = chooseSocketFolder(dataFolder);
  const installation: Installation = { binaries, cluster, socketFolder, user, settings };
  if (!(await findPostmaster(cluster))) {
    await prepareCluster(cluster, binaries, user);
    await prepareSocketFolder(socketFolder, user);
  }
  const first = await runPostmaster(installation);
  return new SupervisedServer({ ...installation, socketFolder: first.socketFolder }, first, logger);
}

async function checkReachable(dataFolder: string, user: ServerUser): Promise<void> {
  if (await canPass(dataFolder, user)) return;
  throw new StoreError(
    'folder-not-writable',
    `The data folder ${dataFolder} cannot be reached by the unprivileged user ${user.name} that the database runs as`,
    'name a folder outside of private home folders with --data, e.g. /var/lib/amtsleitung',
    { about: dataFolder },
  );
}

const firstBackOff = 100;
const longestBackOff = 5_000;
/** A server that ran this long was healthy: the next failure starts the back-off anew. */
const healthyMilliseconds = 30_000;

class SupervisedServer implements EmbeddedServer {
  readonly adopted: boolean;
  readonly #installation: Installation;
  readonly #logger: Logger;
  #running: Postmaster | undefined;
  #restarting: Promise<void> = Promise.resolve();
  readonly #over = new AbortController();

  constructor(installation: Installation, first: Postmaster, logger: Logger) {
    this.#installation = installation;
    this.#logger = logger;
    this.adopted = first.adopted;
    this.#watch(first, firstBackOff);
  }

  connection(): PoolConfig {
    return { host: this.#installation.socketFolder, user: houseRole, database: 'postgres' };
  }

  pid(): number | undefined {
    return this.#running?.pid;
  }

  async stop(): Promise<void> {
    this.#over.abort();
    await this.#restarting;
    if (this.#running) await stopPostmaster(this.#running);
  }

  leave(): void {
    this.#over.abort();
  }

  #watch(postmaster: Postmaster, backOff: number): void {
    this.#running = postmaster;
    const since = performance.now();
    void postmaster.gone.then(() => {
      this.#running = undefined;
      if (this.#over.signal.aborted) return;
      const next = performance.now() - since > healthyMilliseconds ? firstBackOff : backOff;
      this.#logger.error('the database server ended unexpectedly, starting it again', { pid: postmaster.pid });
      this.#restarting = this.#restart(next);
    });
  }

  async #restart(backOff: number): Promise<void> {
    for (let wait = backOff; ; wait = Math.min(wait * 2, longestBackOff)) {
      await sleep(wait, undefined, { signal: this.#over.signal }).catch(() => undefined);
      if (this.#over.signal.aborted) return;
      try {
        this.#watch(await runPostmaster(this.#installation), Math.min(wait * 2, longestBackOff));
        return;
      } catch (error) {
        this.#logger.error('the database server does not start', { reason: (error as Error).message });
      }
    }
  }
}
