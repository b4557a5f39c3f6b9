import { silentLogger, type Logger } from '@amtsleitung/base';
import type { Kysely } from 'kysely';
import type { Pool } from 'pg';
import { connect, type Connection } from './connection.ts';
import { prepareDataFolder } from './data-folder.ts';
import { startEmbedded, type EmbeddedServer } from './embedded/embedded-server.ts';
import { takeHouseLock, type HouseLock } from './house-lock.ts';
import type { Schema } from './schema.ts';
import { checkServer } from './server-check.ts';

export interface DatabaseOptions {
  /** The house's data folder; created when missing. */
  readonly dataFolder: string;
  /** `postgres://…` of a PostgreSQL 15 or newer; undefined: our own server inside the data folder. */
  readonly url?: string;
  /**
   * True (default): refuse when another process has the same database open as its house. False: look at a database that
   * a running house may be using, e.g. for a backup.
   */
  readonly exclusive?: boolean;
  readonly logger?: Logger;
  /** Settings of our own server that differ from ours; for tests. */
  readonly serverSettings?: Readonly<Record<string, string>>;
}

/** An open PostgreSQL database, ours or an external one. */
export interface Database {
  readonly query: Kysely<Schema>;
  readonly pool: Pool;
  readonly dataFolder: string;
  readonly kind: 'embedded' | 'external';
  /** Process id of our own server; undefined for an external one, or while it is down. */
  serverPid(): number | undefined;
  close(): Promise<void>;
}

/** Connects, and starts or adopts our own server first when no `url` is given. Throws `StoreError`. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const logger = options.logger ?? silentLogger;
  const dataFolder = await prepareDataFolder(options.dataFolder);
  const server = options.url ? undefined : await startEmbedded(dataFolder, logger, options.serverSettings);
  const exclusive = options.exclusive !== false;
  let connection: Connection | undefined;
  let lock: HouseLock | undefined;
  try {
    connection = connect(server?.connection() ?? { connectionString: options.url! }, logger);
    await checkServer(connection.pool);
    if (exclusive) lock = await takeHouseLock(connection.pool, dataFolder, logger);
  } catch (error) {
    await connection?.close();
    await (server?.adopted ? server.leave() : server?.stop());
    throw error;
  }
  const { query, pool } = connection;
  return {
    query,
    pool,
    dataFolder,
    kind: server ? 'embedded' : 'external',
    serverPid: () => server?.pid(),
    close: async () => {
      const stops = exclusive || (server && !server.adopted && !(await isShared(pool)));
      await lock?.release();
      await query.destroy();
      await stopOrLeave(server, Boolean(stops));
    },
  };
}

async function stopOrLeave(server: EmbeddedServer | undefined, stops: boolean): Promise<void> {
  if (stops) await server?.stop();
  else server?.leave();
}

/** Whether another process uses the server: a house that came while we only looked. */
async function isShared(pool: Pool): Promise<boolean> {
  try {
    const { rows } = await pool.query<{ others: number }>(
      `select count(*) as others from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()`,
    );
    return rows[0]!.others > 0;
  } catch {
    return false;
  }
}
