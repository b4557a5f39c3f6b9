import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { checkServer } from './server-check.ts';

const answering = (version: number, creates = true): Pool =>
  ({ query: async () => ({ rows: [{ version: String(version), creates }] }) }) as unknown as Pool;
const failing = (code: string): Pool =>
  ({ query: async () => Promise.reject(Object.assign(new Error('user secret'), { code })) }) as unknown as Pool;

describe('a database server', () => {
  it('of version 15 or newer is fine', async () => {
    await checkServer(answering(150_000));
    await checkServer(answering(180_004));
  });

  it('that is too old is named with its version', async () => {
    await expect(checkServer(answering(140_012))).rejects.toMatchObject({
      kind: 'server-too-old',
      exitCode: 78,
      message: 'The database server has version 14: use PostgreSQL 15 or newer',
    });
  });

  it.each([
    ['28P01', 'wrong-password'],
    ['28000', 'wrong-password'],
    ['42501', 'no-right'],
    ['3D000', 'no-such-database'],
    ['ECONNREFUSED', 'unreachable'],
    ['ENOTFOUND', 'unreachable'],
  ])('that answers %s is said to be %s', async (code, kind) => {
    const failure = (await checkServer(failing(code)).catch((error: unknown) => error)) as Error;
    expect(failure).toMatchObject({ kind });
    expect(failure.message).not.toContain('secret');
  });
});
