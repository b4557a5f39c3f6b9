import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@amtsleitung/base';
import type { Pool, PoolClient } from 'pg';
import { StoreError } from '../store-error.ts';

/** Any constant will do; it only has to be the same in every process of ours. */
const lockKey = 4_999_210;
/** A killed predecessor's lock falls when the server notices the closed connection. */
const patienceMilliseconds = 3_000;
const retryMilliseconds = 100;

export interface HouseLock {
  release(): Promise<void>;
}

/**
 * Holds a session-level advisory lock: it ends with the process, however that ends. When the database restarts, the lock
 * is taken again; if another process was quicker, that is logged as an error and this one goes on trying.
 */
export async function takeHouseLock(pool: Pool, dataFolder: string, logger: Logger): Promise<HouseLock> {
  const deadline = performance.now() + patienceMilliseconds;
  let holder = await tryLock(pool);
  while (!holder) {
    if (performance.now() > deadline) throw lockedError(dataFolder);
    await sleep(retryMilliseconds);
    holder = await tryLock(pool);
  }
  return new HeldLock(pool, holder, logger);
}

class HeldLock implements HouseLock {
  readonly #pool: Pool;
  readonly #logger: Logger;
  #holder: PoolClient | undefined;
  #retry: NodeJS.Timeout | undefined;
  #released = false;

  constructor(pool: Pool, holder: PoolClient, logger: Logger) {
    this.#pool = pool;
    this.#logger = logger;
    this.#hold(holder);
  }

  async release(): Promise<void> {
    this.#released = true;
    clearTimeout(this.#retry);
    // Destroying the connection instead of unlocking: works as well when it is half dead.
    this.#holder?.release(true);
    this.#holder = undefined;
  }

  #hold(holder: PoolClient): void {
    this.#holder = holder;
    holder.once('end', () => this.#lost());
  }

  #lost(): void {
    if (this.#released) return;
    this.#holder?.release(true);
    this.#holder = undefined;
    this.#retry = setTimeout(() => void this.#takeAgain(), 1_000).unref();
  }

  async #takeAgain(): Promise<void> {
    try {
      const holder = await tryLock(this.#pool);
      if (holder && this.#released) return holder.release(true);
      if (holder) return this.#hold(holder);
      this.#logger.error('another process has taken this database: stop one of the two');
    } catch {
      // The database is still away.
    }
    if (!this.#released) this.#lost();
  }
}

async function tryLock(pool: Pool): Promise<PoolClient | undefined> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lockKey]);
    if (rows[0]!.taken) return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
  client.release();
  return undefined;
}

const lockedError = (dataFolder: string): StoreError =>
  new StoreError(
    'locked',
    `The database of ${dataFolder} is in use by another running instance`,
    'stop that one first (npm run stop), or name another folder with --data',
    { about: dataFolder },
  );
