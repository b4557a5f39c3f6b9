import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/database.ts';
import { openStore } from '../open-store.ts';
import type { Store } from '../store.ts';
import { EventScript, sampleTown, saveTown, temporaryFolder, type TemporaryFolder } from '../testing/index.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const writer = fileURLToPath(new URL('../testing/writing-process/main.ts', import.meta.url));

async function storedIds(store: Store): Promise<string[]> {
  const rows = await store.database.query.selectFrom('event').select('id').orderBy('sequence').execute();
  return rows.map((row) => row.id);
}

/** Runs the writing process and kills it after it has acknowledged `count` events; returns what it acknowledged. */
async function killAfter(count: number, seed: number): Promise<string[]> {
  const child = spawn(process.execPath, [writer, folder.path, String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  let killed = false;
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (!killed && said.split('\n').length > count) killed = child.kill('SIGKILL');
  });
  await new Promise((done) => child.once('close', done));
  return said.split('\n').slice(0, -1);
}

describe('every acknowledged event', () => {
  it('is there after kill -9 of the process that published it, again and again', async () => {
    const acknowledged: string[] = [];
    for (const [round, count] of [1, 150, 700].entries()) acknowledged.push(...(await killAfter(count, round)));
    const store = await openStore({ dataFolder: folder.path });
    await store.spool.drained();
    const stored = await storedIds(store);
    expect(acknowledged.length).toBeGreaterThan(850);
    expect(new Set(stored).size).toBe(stored.length);
    const known = new Set(acknowledged);
    expect(stored.filter((id) => known.has(id))).toEqual(acknowledged);
    const open = await store.closeInterruptedCalls(Date.now());
    expect(open).toBeLessThan(50);
    expect(await store.closeInterruptedCalls(Date.now())).toBe(0);
    await store.close();
  });

  it('arrives once although the database server is killed under it', async () => {
    const store = await openStore({ dataFolder: folder.path });
    await saveTown(store.directory, sampleTown('a'));
    const script = new EventScript('a');
    const published: string[] = [];
    for (let call = 0; call < 60; call += 1) {
      for (const event of script.hotlineCall(`c${call}`, 'l', 'a-ada')) {
        store.spool.publish(event);
        published.push(event.id);
      }
      if (call % 20 === 10) process.kill(store.database.serverPid()!, 'SIGKILL');
      // Long enough for the supervisor to have it running again before the next blow.
      while (call % 20 === 19 && store.database.serverPid() === undefined) await sleep(20);
      await sleep(5);
    }
    await store.spool.drained();
    expect(await storedIds(store)).toEqual(published);
    expect(await store.calls.ofPerson('a', 'a-ada', { limit: 200 })).toHaveLength(60);
    await store.close();
  });

  it('waits for a database that is stopped, and arrives once when it is back', async () => {
    const far = await temporaryFolder();
    const openFar = () => openDatabase({ dataFolder: far.path });
    let server = await openFar();
    await server.pool.query('create database house');
    const { host, user } = server.pool.options;
    const databaseUrl = `postgresql://${user}@localhost/house?host=${encodeURIComponent(host!)}`;
    const store = await openStore({ dataFolder: folder.path, databaseUrl });
    await saveTown(store.directory, sampleTown('a'));
    const script = new EventScript('a');
    const first = script.hotlineCall('c1', 'l', 'a-ada');
    for (const event of first) store.spool.publish(event);
    await store.spool.drained();

    await server.close();
    const second = script.hotlineCall('c2', 'l', 'a-ada');
    const acknowledged = new Promise((done) => {
      store.spool.onAcknowledged((event) => event.id === second.at(-1)!.id && done(event));
    });
    for (const event of second) store.spool.publish(event);
    await acknowledged;
    await expect.poll(() => store.spool.status().databaseFailure).toBeDefined();
    await expect(store.calls.ofPerson('a', 'a-ada', { limit: 1 })).rejects.toThrow();

    server = await openFar();
    await store.spool.drained();
    expect(await storedIds(store)).toEqual([...first, ...second].map((event) => event.id));
    expect(store.spool.status()).toMatchObject({ unacknowledged: 0, backlogBytes: 0, databaseFailure: undefined });
    await store.close();
    await server.close();
    await far.remove();
  });
});
