import { mkdir, open, readdir, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PoolClient } from 'pg';
import type { Database } from '../database/database.ts';
import { appliedMigrations, migrate } from '../migrations/migrate.ts';
import { migrations } from '../migrations/migrations.ts';
import { replaceKey } from '../secrets/secret-box.ts';
import { StoreError } from '../store-error.ts';
import { messagePath } from '../voicemail/message-files.ts';
import { damaged, readBackupFile, verifyBackupFile, type BackupHeader } from './backup-file.ts';
import { quoted, tablesInOrder } from './catalog.ts';

export interface RestoreReport {
  readonly rows: number;
  readonly files: number;
}

/**
 * Fills an empty database (ours or an external one) and its data folder from a backup, then brings it to this version.
 * All or nothing. `verified` spares reading the file twice. Throws `StoreError`: target not empty, file damaged, made by a newer version.
 */
export async function restore(fromFile: string, database: Database, verified?: BackupHeader): Promise<RestoreReport> {
  const header = verified ?? (await verifyBackupFile(fromFile));
  const unknown = header.schema.find((name) => !(name in migrations));
  if (unknown) {
    throw new StoreError(
      'newer-version',
      `The backup was made by a newer version of the program (it has "${unknown}")`,
      'restore it with that version',
      { about: unknown },
    );
  }
  await prepareTarget(database, header);
  const client = await database.pool.connect();
  let failed = true;
  try {
    await client.query('begin');
    await client.query('set local statement_timeout = 0');
    const report = await new Loader(client, database.dataFolder, fromFile).load();
    if (header.key !== undefined) await replaceKey(database.dataFolder, header.key);
    await client.query('commit');
    failed = false;
    await migrate(database);
    return report;
  } finally {
    client.release(failed);
  }
}

async function prepareTarget(database: Database, header: BackupHeader): Promise<void> {
  const spooled = await readdir(join(database.dataFolder, 'spool')).catch(() => []);
  if (spooled.some((name) => name.startsWith('events-'))) throw notEmpty(database);
  const applied = await appliedMigrations(database);
  const latest = header.schema.at(-1);
  if (applied.length === 0) {
    if (latest) await migrate(database, { to: latest });
    return;
  }
  if (applied.join() !== header.schema.join() || (await hasRows(database))) throw notEmpty(database);
}

async function hasRows(database: Database): Promise<boolean> {
  const { rows } = await database.pool.query<{ found: boolean }>(
    'select exists (select from tenant) or exists (select from event) or exists (select from party) as found',
  );
  return rows[0]!.found;
}

const notEmpty = (database: Database): StoreError =>
  new StoreError(
    'not-empty',
    `The target ${database.dataFolder} is in use already`,
    'name an empty data folder with --data (and an empty database), then restore again',
    { about: database.dataFolder },
  );

interface OpenTable {
  readonly name: string;
  readonly columns: readonly string[];
}

const rowsPerInsert = 500;

/** Takes the lines of a verified backup one after another. */
class Loader {
  readonly #client: PoolClient;
  readonly #dataFolder: string;
  readonly #fromFile: string;
  #table: OpenTable | undefined;
  #rows: string[] = [];
  #file: FileHandle | undefined;
  #counts = { rows: 0, files: 0 };

  constructor(client: PoolClient, dataFolder: string, fromFile: string) {
    this.#client = client;
    this.#dataFolder = dataFolder;
    this.#fromFile = fromFile;
  }

  async load(): Promise<RestoreReport> {
    const known = await tablesInOrder(this.#client);
    // The migration that made the schema has put its own rows there.
    for (const { name } of known) if (name === 'data_class') await this.#client.query('delete from data_class');
    try {
      for await (const { mark, content } of readBackupFile(this.#fromFile)) {
        if (mark === 'T') await this.#openTable(content, known);
        else if (mark === 'R') await this.#addRow(content);
        else if (mark === 'F') await this.#openFile(content);
        else if (mark === 'B') await this.#file?.writeFile(Buffer.from(content, 'base64'));
      }
      await this.#flush();
    } finally {
      await this.#closeFile();
    }
    await this.#continueSequences(known);
    return this.#counts;
  }

  async #openTable(content: string, known: readonly OpenTable[]): Promise<void> {
    await this.#flush();
    this.#table = JSON.parse(content) as OpenTable;
    if (!known.some((table) => table.name === this.#table!.name)) throw damaged(this.#fromFile);
  }

  async #addRow(content: string): Promise<void> {
    this.#rows.push(content);
    if (this.#rows.length >= rowsPerInsert) await this.#flush();
  }

  async #flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    if (rows.length === 0) return;
    if (!this.#table) throw damaged(this.#fromFile);
    const table = quoted(this.#table.name);
    const columns = this.#table.columns.map(quoted).join(', ');
    await this.#client.query(
      `insert into ${table} (${columns}) overriding system value
       select ${columns} from json_populate_recordset(null::${table}, $1::json)`,
      [`[${rows.join(',')}]`],
    );
    this.#counts.rows += rows.length;
  }

  async #openFile(content: string): Promise<void> {
    await this.#closeFile();
    const path = messagePath(this.#dataFolder, JSON.parse(content) as string);
    if (!path) throw damaged(this.#fromFile);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    this.#file = await open(path, 'w', 0o600);
    this.#counts.files += 1;
  }

  async #closeFile(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.sync().finally(() => file.close());
  }

  /** Identity columns go on after the highest restored number. */
  async #continueSequences(tables: readonly OpenTable[]): Promise<void> {
    for (const { name } of tables) {
      const { rows } = await this.#client.query<{ column: string }>(
        `select column_name as column from information_schema.columns
         where table_schema = 'public' and table_name = $1 and is_identity = 'YES'`,
        [name],
      );
      for (const { column } of rows) {
        const highest = `select coalesce(max(${quoted(column)}), 0) + 1 from ${quoted(name)}`;
        await this.#client.query(`select setval(pg_get_serial_sequence($1, $2), (${highest}), false)`, [name, column]);
      }
    }
  }
}
