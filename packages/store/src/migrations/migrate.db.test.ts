import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql, type Migration } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupBeforeMigration } from '../backup/backup-before-migration.ts';
import { restore } from '../backup/restore.ts';
import { openDatabase, type Database } from '../database/database.ts';
import { openStore } from '../open-store.ts';
import { sampleTown, saveTown, temporaryFolder, TestServer } from '../testing/index.ts';
import { appliedMigrations, migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

const statement = (text: string): Migration => ({
  up: async (db) => {
    await sql.raw(text).execute(db);
  },
});
const newer = { ...migrations, '9998-later': statement('alter table tenant add column motto text') };

async function withDatabase(url: string, use: (database: Database) => Promise<void>): Promise<void> {
  const folder = await temporaryFolder();
  const database = await openDatabase({ dataFolder: folder.path, url });
  try {
    await use(database);
  } finally {
    await database.close();
    await folder.remove();
  }
}

describe('the schema', () => {
  it('is made in an empty database, once', () =>
    server.freshUrl('empty').then((url) =>
      withDatabase(url, async (database) => {
        expect(await appliedMigrations(database)).toEqual([]);
        await migrate(database);
        await migrate(database);
        expect(await appliedMigrations(database)).toEqual(Object.keys(migrations));
      }),
    ));

  it('is changed after a backup that can be restored, and not at all when the backup fails', async () => {
    const url = await server.freshUrl();
    const first = await server.openStore({ databaseUrl: url });
    await saveTown(first.directory, sampleTown('a'));
    await first.discard();
    await withDatabase(url, async (database) => {
      const refuse = async (): Promise<void> => {
        throw new Error('no room for the backup');
      };
      await expect(migrate(database, { migrations: newer, beforeChange: refuse })).rejects.toThrow('no room');
      expect(await appliedMigrations(database)).toEqual(Object.keys(migrations));
      await migrate(database, { migrations: newer, beforeChange: (from) => backupBeforeMigration(database, from) });
      expect(await appliedMigrations(database)).toEqual(Object.keys(newer));
      const [name, ...others] = await readdir(join(database.dataFolder, 'backups'));
      expect(others).toEqual([]);
      await withDatabase(await server.freshUrl('empty'), async (fresh) => {
        await restore(join(database.dataFolder, 'backups', name!), fresh);
        const { rows } = await fresh.pool.query('select id from tenant');
        expect(rows).toEqual([{ id: 'a' }]);
      });
    });
  });

  it('stays as it was when a change fails half way', async () => {
    await withDatabase(await server.freshUrl(), async (database) => {
      const broken = statement('alter table tenant add column motto text; select 1/0');
      const failure = migrate(database, { migrations: { ...migrations, '9998-broken': broken } });
      await expect(failure).rejects.toMatchObject({ kind: 'start-failed' });
      await expect(database.pool.query('select motto from tenant')).rejects.toThrow('does not exist');
      await migrate(database);
    });
  });

  it('of a newer version is refused, and left alone', async () => {
    const url = await server.freshUrl();
    await withDatabase(url, (database) => migrate(database, { migrations: newer }));
    const folder = await temporaryFolder();
    const failure = openStore({ dataFolder: folder.path, databaseUrl: url });
    await expect(failure).rejects.toMatchObject({ kind: 'newer-version', exitCode: 78 });
    await withDatabase(url, async (database) => {
      expect(await appliedMigrations(database)).toEqual(Object.keys(newer));
    });
    await folder.remove();
  });
});
