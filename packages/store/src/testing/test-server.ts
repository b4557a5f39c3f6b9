import pg from 'pg';
import { openDatabase, type Database } from '../database/database.ts';
import { migrate } from '../migrations/migrate.ts';
import { openStore } from '../open-store.ts';
import type { Store, StoreOptions } from '../store.ts';
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

export interface TestStore extends Store {
  readonly databaseUrl: string;
  /** Closes it and removes its folder. */
  discard(): Promise<void>;
}

/**
 * A server for the tests of one file; each test gets a fresh, already migrated database on it in a few milliseconds.
 * Uses the server of `TEST_DATABASE_URL` when that is set, else starts our own.
 */
export class TestServer {
  readonly #adminUrl: string;
  readonly #database: Database | undefined;
  readonly #folder: TemporaryFolder | undefined;
  readonly #mark = `t${process.pid}_${Date.now()}`;
  readonly #names: string[] = [];

  private constructor(adminUrl: string, database?: Database, folder?: TemporaryFolder) {
    this.#adminUrl = adminUrl;
    this.#database = database;
    this.#folder = folder;
  }

  static async start(): Promise<TestServer> {
    const external = process.env['TEST_DATABASE_URL'];
    if (external) return TestServer.#prepare(new TestServer(external));
    const folder = await temporaryFolder();
    // Fast instead of durable: what these tests keep, they keep in the spool or throw away.
    const database = await openDatabase({ dataFolder: folder.path, serverSettings: { fsync: 'off' } });
    const { host, user } = database.pool.options;
    const url = `postgresql://${user}@localhost/postgres?host=${encodeURIComponent(host!)}`;
    return TestServer.#prepare(new TestServer(url, database, folder));
  }

  static async #prepare(server: TestServer): Promise<TestServer> {
    const folder = await temporaryFolder();
    const url = await server.#create(server.#template());
    const database = await openDatabase({ dataFolder: folder.path, url });
    await migrate(database);
    await database.close();
    await folder.remove();
    return server;
  }

  /** A new database; `empty` has no tables yet. */
  freshUrl(content: 'empty' | 'migrated' = 'migrated'): Promise<string> {
    return this.#create(`${this.#mark}_${this.#names.length}`, content === 'migrated' ? this.#template() : undefined);
  }

  /** A store on a fresh database and a folder of its own. */
  async openStore(options: Partial<StoreOptions> = {}): Promise<TestStore> {
    const folder = await temporaryFolder();
    const databaseUrl = options.databaseUrl ?? (await this.freshUrl());
    const store = await openStore({ dataFolder: folder.path, ...options, databaseUrl });
    const discard = async (): Promise<void> => {
      await store.close();
      await folder.remove();
    };
    return { ...store, databaseUrl, discard };
  }

  async stop(): Promise<void> {
    if (!this.#database) await this.#dropAll();
    await this.#database?.close();
    await this.#folder?.remove();
  }

  #template(): string {
    return `${this.#mark}_template`;
  }

  async #create(name: string, template?: string): Promise<string> {
    this.#names.push(name);
    await this.#administer(`create database ${name}${template ? ` template ${template}` : ''}`);
    const url = new URL(this.#adminUrl);
    url.pathname = `/${name}`;
    return url.toString();
  }

  async #dropAll(): Promise<void> {
    for (const name of this.#names) await this.#administer(`drop database if exists ${name} with (force)`);
  }

  async #administer(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#adminUrl });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  }
}
