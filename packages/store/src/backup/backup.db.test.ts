import { readFile, readdir, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/database.ts';
import { openStore } from '../open-store.ts';
import type { Store } from '../store.ts';
import {
  EventScript,
  sampleTown,
  saveTown,
  temporaryFolder,
  TestServer,
  withParty,
  type TemporaryFolder,
} from '../testing/index.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';

let server: TestServer;
let source: Store;
let sourceFolder: TemporaryFolder;
let file: string;
const citizen = { partyId: 'p', tenantId: 'a', number: '+491713920001', name: 'Zoë "Ü\n\\' };

beforeAll(async () => {
  server = await TestServer.start();
  sourceFolder = await temporaryFolder();
  source = await openStore({ dataFolder: sourceFolder.path, databaseUrl: await server.freshUrl() });
  await fill(source);
  file = join(sourceFolder.path, 'house.backup');
  expect(await backup(source.database, file)).toMatchObject({ files: 1, missingFiles: 1 });
});
afterAll(async () => {
  await source.close();
  await sourceFolder.remove();
  await server.stop();
});

async function fill(store: Store): Promise<void> {
  for (const tenant of ['a', 'b']) await saveTown(store.directory, sampleTown(tenant));
  await store.passwords.set('a-ada', 'hash');
  await store.sessions.insert({
    id: 's',
    tokenHash: 's',
    tenantId: 'a',
    personId: 'a-ada',
    createdAt: 1,
    expiresAt: 2,
  });
  const script = new EventScript('a');
  for (let call = 0; call < 300; call += 1) {
    await store.events.append(withParty(script.hotlineCall(`c${call}`, 'a-desk-line', 'a-ada', citizen), citizen));
  }
  const box = { kind: 'person', personId: 'a-ada' } as const;
  const message = { kind: 'message-recorded', callId: 'c1', box, milliseconds: 1, partyId: 'p' } as const;
  for (const name of ['kept', 'missing']) {
    const event = script.event({ ...message, messageId: name, file: `messages/${name}.wav` });
    await store.events.append([{ event }]);
  }
  await mkdir(join(store.database.dataFolder, 'messages'));
  await writeFile(join(store.database.dataFolder, 'messages', 'kept.wav'), audio);
}
const audio = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919) & 255));

/** Everything a person of this house can see. */
async function seen(store: Store): Promise<unknown> {
  return {
    towns: await store.directory.loadAll(),
    password: await store.passwords.find('a', 'ada'),
    calls: await store.calls.ofPerson('a', 'a-ada', { limit: 200 }),
    messages: await store.messages.list('a', [{ kind: 'person', personId: 'a-ada' }], 10),
    figures: await store.figures.ofHotlines('a', 0, 9e15, new Map([['a-desk-line', 30]])),
  };
}

let target: TemporaryFolder;
beforeEach(async () => {
  target = await temporaryFolder();
});
afterEach(() => target.remove());

async function restoreInto(from: string, url: string): Promise<unknown> {
  const database = await openDatabase({ dataFolder: target.path, url });
  return restore(from, database).finally(() => database.close());
}

describe('a backup', () => {
  it('brings everything back into an empty folder of our own server, and goes on from there', async () => {
    const database = await openDatabase({ dataFolder: target.path });
    const report = await restore(file, database);
    await database.close();
    expect(report.files).toBe(1);
    const store = await openStore({ dataFolder: target.path });
    expect(await seen(store)).toEqual(await seen(source));
    expect(await readFile(join(target.path, 'messages', 'kept.wav'))).toEqual(audio);
    const script = new EventScript('a', Date.UTC(2026, 10, 24), 7);
    await store.events.append(script.hotlineCall('new', 'a-desk-line', 'a-ada').map((event) => ({ event })));
    expect((await store.calls.ofPerson('a', 'a-ada', { limit: 1 }))[0]?.callId).toBe('new');
    expect(await store.rebuildCallRecords()).toBe(301);
    await expect(store.database.pool.query('delete from event')).rejects.toThrow('append-only');
    await store.close();
  });

  it('moves a house between servers, but no session', async () => {
    const url = await server.freshUrl('empty');
    await restoreInto(file, url);
    const store = await openStore({ dataFolder: target.path, databaseUrl: url });
    expect(await seen(store)).toEqual(await seen(source));
    expect(await store.sessions.findByTokenHash('s')).toBeUndefined();
    await store.close();
  });

  it('is readable by its owner only and leaves nothing unfinished', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(sourceFolder.path)).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('that cannot be written says so', async () => {
    const failure = backup(source.database, join(file, 'below'));
    await expect(failure).rejects.toMatchObject({ kind: 'backup-not-written', exitCode: 73 });
  });

  it('shows one moment although the house goes on', async () => {
    const script = new EventScript('b', undefined, 3);
    const moving = join(target.path, 'moving.backup');
    let running = true;
    const calls = (async () => {
      for (let call = 0; running; call += 1) {
        await source.events.append(script.hotlineCall(`b${call}`, 'b-desk-line', 'b-ada').map((event) => ({ event })));
      }
    })();
    await backup(source.database, moving);
    running = false;
    await calls;
    const url = await server.freshUrl('empty');
    await restoreInto(moving, url);
    const store = await openStore({ dataFolder: target.path, databaseUrl: url });
    const before = await store.calls.ofPerson('b', 'b-ada', { limit: 200 });
    await store.rebuildCallRecords();
    expect(await store.calls.ofPerson('b', 'b-ada', { limit: 200 })).toEqual(before);
    await store.close();
  });
});

describe('restoring refuses', () => {
  it('a house that is in use', async () => {
    const url = await server.freshUrl();
    const store = await openStore({ dataFolder: target.path, databaseUrl: url });
    await saveTown(store.directory, sampleTown('b'));
    await store.close();
    await expect(restoreInto(file, url)).rejects.toMatchObject({ kind: 'not-empty', exitCode: 73 });
  });

  it('a folder with events that are not stored yet', async () => {
    await mkdir(join(target.path, 'spool'));
    await writeFile(join(target.path, 'spool', 'events-000000000001.log'), 'x');
    await expect(restoreInto(file, await server.freshUrl('empty'))).rejects.toMatchObject({ kind: 'not-empty' });
  });

  it('a file that is cut short, changed, or something else, and leaves the target empty', async () => {
    const bytes = await readFile(file);
    const text = gunzipSync(bytes).toString();
    const flipped = Buffer.from(bytes);
    flipped[bytes.length >> 1]! ^= 1;
    const damaged: Record<string, Buffer> = {
      cut: bytes.subarray(0, bytes.length - 100),
      half: bytes.subarray(0, bytes.length >> 1),
      flipped,
      changed: gzipSync(text.replace('Ada', 'Eva')),
      'without its end': gzipSync(text.slice(0, text.lastIndexOf('E'))),
      'with more after the end': gzipSync(`${text}Rx\n`),
      text: Buffer.from('hello'),
      nothing: Buffer.alloc(0),
      'no backup': gzipSync('hello\n'),
    };
    const url = await server.freshUrl('empty');
    for (const [name, content] of Object.entries(damaged)) {
      const path = join(target.path, 'damaged.backup');
      await writeFile(path, content);
      await expect(restoreInto(path, url), name).rejects.toMatchObject({ kind: 'damaged', exitCode: 65 });
    }
    await expect(restoreInto(join(target.path, 'nowhere'), url)).rejects.toMatchObject({ kind: 'backup-unreadable' });
    await restoreInto(file, url);
  });

  it('a backup of a newer version', async () => {
    const schema = ['0001-house', '9999-future'];
    const { writeBackupFile } = await import('./backup-file.ts');
    for (const header of [{ format: 1, schema, createdAt: 1 }, { format: 2 }]) {
      const path = join(target.path, 'newer.backup');
      await writeBackupFile(
        path,
        (async function* () {
          yield { mark: 'H' as const, content: JSON.stringify(header) };
        })(),
      );
      const failure = restoreInto(path, await server.freshUrl('empty'));
      await expect(failure).rejects.toMatchObject({ kind: 'newer-version', exitCode: 78 });
    }
  });

  it('a file name that points out of the data folder', async () => {
    const { writeBackupFile } = await import('./backup-file.ts');
    for (const name of ['../evil', '/tmp/evil', 'database/PG_VERSION', 'spool/position.json', '', 'a/../../evil']) {
      const path = join(target.path, 'evil.backup');
      await writeBackupFile(
        path,
        (async function* () {
          yield { mark: 'H' as const, content: JSON.stringify({ format: 1, schema: ['0001-house'], createdAt: 1 }) };
          yield { mark: 'F' as const, content: JSON.stringify(name) };
        })(),
      );
      await expect(restoreInto(path, await server.freshUrl('empty')), name).rejects.toMatchObject({ kind: 'damaged' });
    }
  });
});
