import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemClock, type Clock } from '@amtsleitung/base';
import type { PoolClient } from 'pg';
import type { Database } from '../database/database.ts';
import { appliedMigrations } from '../migrations/migrate.ts';
import { houseKey } from '../secrets/secret-box.ts';
import { messagePath } from '../voicemail/message-files.ts';
import { writeBackupFile, type BackupHeader, type BackupLine } from './backup-file.ts';
import { quoted, tablesInOrder } from './catalog.ts';

export interface BackupReport {
  readonly rows: number;
  readonly files: number;
  /** Messages whose file was not there. */
  readonly missingFiles: number;
}

const rowsPerFetch = 1_000;
const pieceBytes = 48 * 1024;

/**
 * Writes everything durable into one file while the house goes on: all tables as of one moment, and the recorded
 * messages. Holds numbers, names, password hashes and the key of sealed secrets: readable by this user only. Throws `StoreError`.
 */
export async function backup(database: Database, toFile: string, clock: Clock = systemClock): Promise<BackupReport> {
  const schema = await appliedMigrations(database);
  await mkdir(dirname(toFile), { recursive: true, mode: 0o700 }).catch(() => undefined);
  const client = await database.pool.connect();
  const counts = { rows: 0, files: 0, missingFiles: 0 };
  let failed = true;
  try {
    await client.query('begin isolation level repeatable read, read only');
    await client.query('set local statement_timeout = 0');
    const key = (await houseKey(database.dataFolder)).toString('base64');
    const header: BackupHeader = { format: 1, schema, createdAt: clock.now(), key };
    await writeBackupFile(toFile, linesOf(client, header, database.dataFolder, counts));
    await client.query('commit');
    failed = false;
    return counts;
  } finally {
    client.release(failed);
  }
}

type Counts = { -readonly [Key in keyof BackupReport]: number };

async function* linesOf(
  client: PoolClient,
  header: BackupHeader,
  dataFolder: string,
  counts: Counts,
): AsyncGenerator<BackupLine> {
  yield { mark: 'H', content: JSON.stringify(header) };
  const tables = await tablesInOrder(client);
  for (const table of tables) {
    yield { mark: 'T', content: JSON.stringify(table) };
    for await (const content of rowsOf(client, table.name, table.columns)) {
      counts.rows += 1;
      yield { mark: 'R', content };
    }
  }
  if (!tables.some((table) => table.name === 'voice_message')) return;
  const { rows } = await client.query<{ file: string }>('select distinct file from voice_message order by file');
  for (const { file } of rows) yield* fileLines(dataFolder, file, counts);
}

/** Rows as PostgreSQL writes them in JSON; numbers and dates never pass through JavaScript. */
async function* rowsOf(client: PoolClient, table: string, columns: readonly string[]): AsyncGenerator<string> {
  const from = `select ${columns.map(quoted).join(', ')} from ${quoted(table)}`;
  await client.query(`declare backup_rows no scroll cursor for select row_to_json(t)::text as row from (${from}) t`);
  for (let more = true; more;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${rowsPerFetch} from backup_rows`);
    for (const { row } of rows) yield row;
    more = rows.length === rowsPerFetch;
  }
  await client.query('close backup_rows');
}

async function* fileLines(dataFolder: string, name: string, counts: Counts): AsyncGenerator<BackupLine> {
  const path = messagePath(dataFolder, name);
  const file = path ? await open(path, 'r').catch(() => undefined) : undefined;
  if (!file) {
    counts.missingFiles += 1;
    return;
  }
  counts.files += 1;
  try {
    yield { mark: 'F', content: JSON.stringify(name) };
    const piece = Buffer.alloc(pieceBytes);
    for (let read = await file.read(piece); read.bytesRead > 0; read = await file.read(piece)) {
      yield { mark: 'B', content: piece.toString('base64', 0, read.bytesRead) };
    }
  } finally {
    await file.close();
  }
}
