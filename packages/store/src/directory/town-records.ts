import type { DirectoryStore, PasswordStore } from '@amtsleitung/domain';
import type { Database } from '../database/database.ts';
import { SqlPasswordStore } from '../identity/password-store.ts';
import { appliedMigrations } from '../migrations/migrate.ts';
import { migrations } from '../migrations/migrations.ts';
import { openSecretBox } from '../secrets/secret-box.ts';
import { StoreError } from '../store-error.ts';
import { SqlDirectoryStore } from './directory-store.ts';

export interface TownRecords {
  readonly directory: DirectoryStore;
  readonly passwords: PasswordStore;
}

/** The towns of a house that may be running meanwhile. Throws `StoreError` unless its schema is of this version. */
export async function townRecords(database: Database): Promise<TownRecords> {
  const applied = await appliedMigrations(database);
  if (applied.join() !== Object.keys(migrations).join()) {
    throw new StoreError('other-schema', 'The house has the schema of another version', 'start this version once', {
      about: database.dataFolder,
    });
  }
  const secrets = await openSecretBox(database.dataFolder);
  return { directory: new SqlDirectoryStore(database.query, secrets), passwords: new SqlPasswordStore(database.query) };
}
