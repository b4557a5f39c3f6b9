import type { Pool } from 'pg';
import { StoreError } from '../store-error.ts';

const oldestVersion = 150_000;

/** Makes the first connection and turns whatever is wrong into one sentence with its remedy. */
export async function checkServer(pool: Pool): Promise<void> {
  let version: number;
  try {
    const result = await pool.query<{ version: string; creates: boolean }>(
      `select current_setting('server_version_num') as version, has_schema_privilege('public', 'create') as creates`,
    );
    version = Number(result.rows[0]!.version);
    if (!result.rows[0]!.creates) throw Object.assign(new Error('no create privilege'), { code: '42501' });
  } catch (error) {
    throw connectVerdict(error);
  }
  if (version < oldestVersion) {
    throw new StoreError(
      'server-too-old',
      `The database server has version ${Math.floor(version / 10_000)}`,
      'use PostgreSQL 15 or newer',
      { about: String(Math.floor(version / 10_000)) },
    );
  }
}

function connectVerdict(error: unknown): StoreError {
  const code = (error as { code?: string }).code ?? '';
  if (code === '28P01' || code === '28000') {
    return new StoreError(
      'wrong-password',
      'The database server refused user name or password',
      'correct them in DATABASE_URL',
      { cause: error },
    );
  }
  if (code === '42501') {
    return new StoreError(
      'no-right',
      'The database user may not create tables',
      'make it the owner of its database, or grant it CREATE on the schema public',
      { cause: error },
    );
  }
  if (code === '3D000') {
    return new StoreError(
      'no-such-database',
      'The database named in DATABASE_URL does not exist',
      'create it on the server with CREATE DATABASE',
      { cause: error },
    );
  }
  return new StoreError(
    'unreachable',
    `The database server cannot be reached${code ? ` (${code})` : ''}`,
    'check host and port in DATABASE_URL and that the server is running',
    { about: code, cause: error },
  );
}
