import { sql, Migrator, type Migration } from 'kysely';
import type { Database } from '../database/database.ts';
import { StoreError } from '../store-error.ts';
import { migrations as ours } from './migrations.ts';

export interface MigrateOptions {
  /** Called before the schema of a database that is in use already is changed; a failure keeps the schema as it is. */
  readonly beforeChange?: (from: string) => Promise<void>;
  /** Stop at this migration instead of the newest. */
  readonly to?: string;
  readonly migrations?: Readonly<Record<string, Migration>>;
}

/** Names of the migrations a database has had, in order; empty for an empty database. */
export async function appliedMigrations(database: Database): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ found: string | null }>(
    `select to_regclass('kysely_migration')::text as found`,
  );
  if (!rows[0]!.found) return [];
  const applied = await database.query.selectFrom('kyselyMigration').select('name').orderBy('name').execute();
  return applied.map((row) => row.name);
}

/** Brings the schema to this version. Throws `StoreError` `newer-version` for a database made by a newer one. */
export async function migrate(database: Database, options: MigrateOptions = {}): Promise<void> {
  const migrations = options.migrations ?? ours;
  const applied = await appliedMigrations(database);
  const unknown = applied.find((name) => !(name in migrations));
  if (unknown) throw newerVersion(unknown);
  const pending = Object.keys(migrations).filter((name) => !applied.includes(name));
  if (pending.length === 0) return;
  const latest = applied.at(-1);
  if (latest) await options.beforeChange?.(latest);
  const migrator = new Migrator({
    db: database.query,
    provider: { getMigrations: async () => Object.fromEntries(Object.entries(migrations).map(unhurried)) },
  });
  const result = options.to ? await migrator.migrateTo(options.to) : await migrator.migrateToLatest();
  if (result.error) throw migrationFailed(result.error);
  await sql`analyze`.execute(database.query);
}

/** A change of a big table may take longer than a query may. */
function unhurried([name, migration]: [string, Migration]): [string, Migration] {
  const up: Migration['up'] = async (db) => {
    await sql`set local statement_timeout = 0`.execute(db);
    await migration.up(db);
  };
  return [name, { up }];
}

const newerVersion = (name: string): StoreError =>
  new StoreError(
    'newer-version',
    `The database was made by a newer version of the program (it has "${name}")`,
    'start that version, or restore a backup of this version into an empty data folder',
    { about: name },
  );

const migrationFailed = (error: unknown): StoreError =>
  new StoreError(
    'start-failed',
    `The database could not be brought to this version (${(error as Error).message})`,
    'nothing was changed; start the version before, and report this',
    { about: (error as Error).message, cause: error },
  );
