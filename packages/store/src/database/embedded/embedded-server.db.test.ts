import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../../testing/index.ts';
import { openDatabase, type Database } from '../database.ts';

let folder: TemporaryFolder;
let opened: Database[];
beforeEach(async () => {
  folder = await temporaryFolder();
  opened = [];
});
afterEach(async () => {
  for (const database of opened) await database.close();
  await folder.remove();
});

async function open(dataFolder = folder.path, exclusive = true): Promise<Database> {
  const database = await openDatabase({ dataFolder, exclusive });
  opened.push(database);
  return database;
}
const close = async (database: Database): Promise<void> => {
  opened = opened.filter((other) => other !== database);
  await database.close();
};
const ask = async (database: Database, question: string): Promise<unknown> =>
  Object.values((await database.pool.query<Record<string, unknown>>(question)).rows[0]!)[0];
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('our own server', () => {
  it('keeps what was committed, listens on no network, and ends with the house', async () => {
    const first = await open();
    expect(await ask(first, 'show listen_addresses')).toBe('');
    expect(await ask(first, 'show data_checksums')).toBe('on');
    expect(await ask(first, 'show fsync')).toBe('on');
    expect(await ask(first, 'show synchronous_commit')).toBe('on');
    expect(await ask(first, `select current_setting('server_encoding') || datcollate from pg_database limit 1`)).toBe(
      'UTF8C.UTF-8',
    );
    expect(typeof (await ask(first, 'select 9007199254740991::bigint'))).toBe('number');
    await first.pool.query('create table kept as select 42 as answer');
    const pid = first.serverPid()!;
    await close(first);
    expect(isAlive(pid)).toBe(false);
    expect(await ask(await open(), 'select answer from kept')).toBe(42);
  });

  it('is adopted when the process that started it was killed', async () => {
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `
        const { openDatabase } = await import(${JSON.stringify(fileURLToPath(new URL('../database.ts', import.meta.url)))});
        const database = await openDatabase({ dataFolder: ${JSON.stringify(folder.path)} });
        await database.pool.query('create table kept as select 42 as answer');
        console.log(database.serverPid());
        setInterval(() => {}, 1000);
      `,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const pid = await new Promise<number>((known) => child.stdout.once('data', (text: Buffer) => known(Number(text))));
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
    expect(isAlive(pid)).toBe(true);
    const database = await open();
    expect(database.serverPid()).toBe(pid);
    expect(await ask(database, 'select answer from kept')).toBe(42);
    await close(database);
    expect(isAlive(pid)).toBe(false);
  });

  it('is stopped before its process ends by itself', async () => {
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `
        const { openDatabase } = await import(${JSON.stringify(fileURLToPath(new URL('../database.ts', import.meta.url)))});
        const database = await openDatabase({ dataFolder: ${JSON.stringify(folder.path)} });
        const pid = database.serverPid();
        await database.close();
        console.log(pid);
      `,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    expect(await new Promise((done) => child.once('close', done))).toBe(0);
    expect(Number(said)).toBeGreaterThan(1);
    expect(isAlive(Number(said))).toBe(false);
  });

  it('is started again when it dies, adopted or not', async () => {
    const database = await open();
    await database.pool.query('create table kept as select 42 as answer');
    for (let blow = 0; blow < 2; blow += 1) {
      const pid = database.serverPid()!;
      process.kill(pid, 'SIGKILL');
      await expect.poll(() => database.serverPid() ?? pid, { timeout: 20_000 }).not.toBe(pid);
    }
    expect(await ask(database, 'select answer from kept')).toBe(42);
    // The house has its lock again.
    const locks = `select count(*) from pg_locks where locktype = 'advisory'`;
    await expect.poll(() => ask(database, locks), { timeout: 10_000 }).toBe(1);
  });

  it('starts although the pid file of an earlier one names a process of somebody else', async () => {
    await close(await open());
    const file = join(folder.path, 'database', 'postmaster.pid');
    await writeFile(file, `${process.pid}\n${join(folder.path, 'database')}\n1\n5432\n/nowhere\n\n\nready\n`);
    expect(await ask(await open(), 'select 1')).toBe(1);
  });

  it('works in a folder whose path is too long for a socket', async () => {
    const long = join(folder.path, 'a'.repeat(60), 'b'.repeat(60));
    await mkdir(long, { recursive: true });
    for (const path of [join(folder.path, 'a'.repeat(60)), long]) await chmod(path, 0o711);
    const database = await open(long);
    const socketFolder = database.pool.options.host!;
    expect(await ask(database, 'select 1')).toBe(1);
    expect((await stat(socketFolder)).mode & 0o777).toBe(0o700);
    await close(database);
    await rm(socketFolder, { recursive: true });
  });

  it('begins anew after a first start that was cut short', async () => {
    await mkdir(join(folder.path, 'database.new', 'base'), { recursive: true });
    await writeFile(join(folder.path, 'database.new', 'PG_VERSION'), '18');
    expect(await ask(await open(), 'select 1')).toBe(1);
  });
});

describe('a second process', () => {
  it('is refused as another house and leaves the first one alone', async () => {
    const house = await open();
    await expect(openDatabase({ dataFolder: folder.path })).rejects.toMatchObject({ kind: 'locked', exitCode: 75 });
    expect(await ask(house, 'select 1')).toBe(1);
  });

  it('may look, and neither its coming nor its going disturbs the house', async () => {
    const house = await open();
    const visitor = await open(folder.path, false);
    expect(await ask(visitor, 'select 1')).toBe(1);
    await close(visitor);
    expect(await ask(house, 'select 1')).toBe(1);
  });

  it('that came first to look leaves the server to a house that came later', async () => {
    const visitor = await open(folder.path, false);
    const house = await open();
    await close(visitor);
    expect(await ask(house, 'select 1')).toBe(1);
  });
});

describe('what cannot work is said in one sentence with the remedy', () => {
  it('a database of another PostgreSQL', async () => {
    await close(await open());
    const file = join(folder.path, 'database', 'PG_VERSION');
    for (const [version, remedy] of [
      ['99', 'newer version of the program'],
      ['12', 'make a backup'],
    ]) {
      await writeFile(file, `${version}\n`);
      const failure = openDatabase({ dataFolder: folder.path });
      await expect(failure).rejects.toMatchObject({ kind: 'newer-version', message: expect.stringContaining(remedy!) });
    }
  });

  it('a data folder that is a file', async () => {
    const path = join(folder.path, 'file');
    await writeFile(path, '');
    await expect(openDatabase({ dataFolder: path })).rejects.toMatchObject({
      kind: 'folder-not-writable',
      exitCode: 73,
    });
    await expect(openDatabase({ dataFolder: join(path, 'below') })).rejects.toThrow('cannot be written');
  });

  it('a damaged cluster', async () => {
    await close(await open());
    await rm(join(folder.path, 'database', 'global'), { recursive: true });
    await expect(openDatabase({ dataFolder: folder.path })).rejects.toMatchObject({ kind: 'start-failed' });
    await rm(join(folder.path, 'database', 'PG_VERSION'));
    await expect(openDatabase({ dataFolder: folder.path })).rejects.toMatchObject({ kind: 'damaged' });
  });

  it('a server that is not there', async () => {
    const url = 'postgresql://somebody:secret@127.0.0.1:1/nothing';
    const failure = await openDatabase({ dataFolder: folder.path, url }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'unreachable', exitCode: 69 });
    expect(String(failure)).not.toContain('secret');
  });

  it('a database that does not exist on its server', async () => {
    const host = encodeURIComponent((await open()).pool.options.host!);
    const url = `postgresql://amtsleitung@localhost/missing?host=${host}`;
    await expect(openDatabase({ dataFolder: folder.path, url })).rejects.toThrow('CREATE DATABASE');
  });

  it('a wrong password', async () => {
    const house = await open();
    const hba = join(folder.path, 'database', 'pg_hba.conf');
    const rules = await readFile(hba, 'utf8');
    await house.pool.query(`create role guest login password 'right'`);
    await writeFile(hba, `local all guest scram-sha-256\n${rules}`);
    await house.pool.query('select pg_reload_conf()');
    const host = encodeURIComponent(house.pool.options.host!);
    const url = (password: string): string => `postgresql://guest:${password}@localhost/postgres?host=${host}`;
    await expect
      .poll(() => openDatabase({ dataFolder: folder.path, url: url('wrong') }).catch((error: unknown) => error))
      .toMatchObject({ kind: 'wrong-password', exitCode: 77 });
    await expect(openDatabase({ dataFolder: folder.path, url: url('right') })).rejects.toThrow('may not create tables');
  });
});
