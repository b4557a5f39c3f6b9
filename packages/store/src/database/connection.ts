import type { Logger } from '@amtsleitung/base';
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

export interface Connection {
  readonly query: Kysely<Schema>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** Most connections one house opens. */
const poolSize = 8;
/** Milliseconds after which an unreachable database is an error instead of a wait. */
const connectTimeout = 2_000;
/** Milliseconds after which one statement is given up. */
const statementTimeout = 60_000;

/** int8 as a JavaScript number: times in milliseconds and counts stay far below 2^53. */
const int8 = 20;
const parseInt8 = (text: string): number => Number(text);
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 && format !== 'binary' ? parseInt8 : pg.types.getTypeParser(oid, format)) as never,
};

/** A pool and a query builder on it; connects at the first query. */
export function connect(target: pg.PoolConfig, logger: Logger): Connection {
  const pool = new pg.Pool({
    ...target,
    types,
    max: poolSize,
    connectionTimeoutMillis: connectTimeout,
    statement_timeout: statementTimeout,
    application_name: 'amtsleitung',
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', (error) => logger.warn('database connection lost', { code: (error as { code?: string }).code }));
  pool.on('connect', (client) => client.on('error', () => undefined));
  const query = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return { query, pool, close: () => query.destroy() };
}
