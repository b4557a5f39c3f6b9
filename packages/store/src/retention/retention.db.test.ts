import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Destination } from '@amtsleitung/domain';
import { VirtualClock } from '@amtsleitung/base/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eraseNumber, tracesOfNumber } from './erase-number.ts';
import { EventScript, sampleTown, saveTown, TestServer, withParty, type TestStore } from '../testing/index.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 23, 10);
const citizen = { partyId: 'p1', tenantId: 'a', number: '+491713920001', name: 'Carla Bürger' };
const box: Destination = { kind: 'hotline', hotlineId: 'a-desk-line' };

let server: TestServer;
let store: TestStore;
let script: EventScript;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  store = await server.openStore({ clock: new VirtualClock(start + 90 * day) });
  await saveTown(store.directory, sampleTown('a'));
  await saveTown(store.directory, sampleTown('b'));
  script = new EventScript('a', start);
});
afterEach(() => store.discard());

async function callWithMessage(callId: string, party = citizen): Promise<string> {
  const file = `messages/${callId}.wav`;
  const path = join(store.database.dataFolder, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'RIFF');
  const arrived = script.event({ kind: 'call-arrived', callId, direction: 'inbound', partyId: party.partyId });
  const recorded = script.event({
    kind: 'message-recorded',
    callId,
    messageId: `m-${callId}`,
    box,
    partyId: party.partyId,
    file,
    milliseconds: 4_200,
  });
  await store.events.append(withParty([arrived, recorded], party));
  return path;
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
const count = async (table: string): Promise<number> =>
  (await store.database.pool.query<{ count: number }>(`select count(*) as count from ${table}`)).rows[0]!.count;
const list = () => store.messages.list('a', [box], 10);

describe('messages', () => {
  it('lie in their box until somebody removes them', async () => {
    await callWithMessage('c1');
    await callWithMessage('c2');
    const party = { partyId: citizen.partyId, number: citizen.number, name: citizen.name };
    const message = { id: 'm-c1', callId: 'c1', box, file: 'messages/c1.wav', milliseconds: 4_200, party };
    expect(await store.messages.find('a', 'm-c1')).toMatchObject({ ...message, tenantId: 'a' });
    expect((await list()).map(({ id }) => id)).toEqual(['m-c2', 'm-c1']);
    expect(await store.messages.list('a', [{ kind: 'person', personId: 'a-ada' }], 10)).toEqual([]);
    expect(await store.messages.list('a', [], 10)).toEqual([]);
    await store.messages.setDone('a', 'm-c1', { personId: 'a-ada', at: 5 });
    expect(await store.messages.find('a', 'm-c1')).toMatchObject({ doneByPersonId: 'a-ada', doneAt: 5 });
    await store.messages.setDone('a', 'm-c1', undefined);
    expect(await store.messages.find('a', 'm-c1')).not.toHaveProperty('doneAt');
    await store.messages.delete('a', 'm-c1');
    expect(await store.messages.find('a', 'm-c1')).toBeUndefined();
  });

  it('are out of reach of another tenant', async () => {
    await callWithMessage('c1');
    expect(await store.messages.find('b', 'm-c1')).toBeUndefined();
    expect(await store.messages.list('b', [box], 10)).toEqual([]);
    await store.messages.setDone('b', 'm-c1', { personId: 'b-ada', at: 5 });
    await store.messages.delete('b', 'm-c1');
    expect(await store.messages.find('a', 'm-c1')).not.toHaveProperty('doneAt');
  });
});

describe('erasing a party', () => {
  it('forgets number, name and messages; every figure and record stays', async () => {
    await store.events.append(withParty(script.hotlineCall('c1', 'a-desk-line', 'a-ada', citizen), citizen));
    const path = await callWithMessage('c2');
    const promises = new Map([['a-desk-line', 30]]);
    const figures = () => store.figures.ofHotlines('a', start, start + day, promises);
    const before = await figures();
    const [record] = await store.calls.ofPerson('a', 'a-ada', { limit: 1 });

    expect(await store.retention.eraseParty('b', 'p1')).toBe(false);
    expect(await exists(path)).toBe(true);
    expect(await store.retention.eraseParty('a', 'p1')).toBe(true);
    expect(await store.retention.eraseParty('a', 'p1')).toBe(false);

    expect(await figures()).toEqual(before);
    expect(record).toHaveProperty('party');
    const [erased] = await store.calls.ofPerson('a', 'a-ada', { limit: 1 });
    expect({ ...erased, party: record!.party }).toEqual(record);
    expect(erased).not.toHaveProperty('party');
    expect(await list()).toEqual([]);
    expect(await exists(path)).toBe(false);
    const { rows } = await store.database.pool.query(`select facts from event where kind = 'party-erased'`);
    expect(rows).toEqual([{ facts: { partyId: 'p1', reason: 'request' } }]);
  });

  it('finds all of a number in every town, and nothing of another number', async () => {
    const other = { partyId: 'p2', tenantId: 'a', number: '+491713920002' };
    const inB = new EventScript('b', start, 2);
    const again = { ...citizen, partyId: 'p3' };
    const elsewhere = { ...citizen, partyId: 'p4', tenantId: 'b' };
    const path = await callWithMessage('c1');
    await store.events.append(withParty(script.hotlineCall('c2', 'a-desk-line', 'a-ada', again), again));
    await store.events.append(withParty(script.hotlineCall('c3', 'a-desk-line', 'a-ada', other), other));
    await store.events.append(withParty(inB.hotlineCall('c4', 'b-desk-line', 'b-ada', elsewhere), elsewhere));
    expect(await tracesOfNumber(store.database, citizen.number)).toEqual({ calls: 3, messages: 1 });
    expect(await eraseNumber(store.database, citizen.number)).toEqual({ calls: 3, messages: 1 });
    expect(await eraseNumber(store.database, citizen.number)).toEqual({ calls: 0, messages: 0 });
    expect(await exists(path)).toBe(false);
    expect(await count(`party where number = '${citizen.number}' or name = '${citizen.name}'`)).toBe(0);
    expect(await count(`party where number = '${other.number}'`)).toBe(1);
    expect(await count(`event where kind = 'party-erased' and facts ->> 'reason' = 'request'`)).toBe(3);
  });

  it('is final: an event still on its way does not bring the number back', async () => {
    const events = script.hotlineCall('c1', 'a-desk-line', 'a-ada', citizen);
    await store.events.append(withParty(events.slice(0, 6), citizen));
    await store.retention.eraseParty('a', 'p1');
    await store.events.append(withParty(events, citizen));
    await store.events.append(withParty(events.slice(6), citizen));
    const [record] = await store.calls.ofPerson('a', 'a-ada', { limit: 1 });
    expect(record?.outcome).toBe('answered');
    expect(record).not.toHaveProperty('party');
  });
});

describe('retention', () => {
  it('removes each class of data when its time is over, and nothing before', async () => {
    const person = { tenantId: 'a', personId: 'a-ada' };
    const session = { ...person, id: 's', tokenHash: 's', createdAt: start, expiresAt: start + day };
    await store.sessions.insert(session);
    await store.passwords.putSetupToken('t', start + day);
    await store.registrations.save({
      ...person,
      deviceId: 'a-desk',
      contact: 'sip:x',
      transport: 'udp',
      sourceAddress: '127.0.0.1',
      sourcePort: 1,
      callId: 'c',
      cseq: 1,
      userAgent: '',
      expiresAt: start + day,
    });
    const done = await callWithMessage('done');
    const open = await callWithMessage('open', { ...citizen, partyId: 'p2' });
    await store.messages.setDone('a', 'm-done', { personId: 'a-ada', at: start });
    const called = { partyId: 'p3', tenantId: 'a', number: '+49302312500' };
    const outbound = script.event({ kind: 'call-arrived', callId: 'o', direction: 'outbound', partyId: 'p3' });
    await store.events.append([{ event: outbound, party: called }]);
    const after = async (days: number): Promise<object> => {
      const report = await store.retention.enforce(start + days * day + 3_600_000);
      return Object.fromEntries(Object.entries(report).filter(([, number]) => number > 0));
    };

    expect(await after(0)).toEqual({});
    expect(await after(1)).toEqual({ sessions: 1, setupTokens: 1, registrations: 1 });
    expect(await after(29)).toEqual({});
    // The other message is still to be called back: its party stays.
    expect(await after(30)).toEqual({ messages: 1, parties: 1 });
    expect([await exists(done), await exists(open)]).toEqual([false, true]);
    expect(await after(90)).toEqual({ messages: 1, parties: 2 });
    expect(await exists(open)).toBe(false);
    expect(await count(`party where number is not null or name is not null`)).toBe(0);
    expect(await after(365)).toEqual({ callRecords: 3 });
    expect([await count('call_step'), await count('call_participant')]).toEqual([0, 0]);
    const events = await count('event');
    expect(await after(1_094)).toEqual({});
    // The erasures are events too, and younger.
    expect(await after(1_095)).toEqual({ events: events - 3 });
  });

  it('forgets who was ready and who was signed in long before it forgets what the figures are made of', async () => {
    const agent = { personId: 'a-ada', hotlineId: 'a-desk-line' };
    const facts = [
      { kind: 'agent-logged-in', ...agent },
      { kind: 'agent-paused', personId: 'a-ada' },
      { kind: 'signed-in', personId: 'a-ada' },
      { kind: 'record-changed', personId: 'a-ada', record: 'person', recordId: 'a-ada', change: 'updated' },
    ] as const;
    await store.events.append(facts.map((each) => ({ event: script.event(each) })));
    const left = async (days: number): Promise<readonly string[]> => {
      await store.retention.enforce(start + days * day + 3_600_000);
      const { rows } = await store.database.pool.query<{ kind: string }>('select kind from event order by sequence');
      return rows.map(({ kind }) => kind);
    };
    expect(await left(89)).toEqual(facts.map(({ kind }) => kind));
    expect(await left(90)).toEqual(['signed-in', 'record-changed']);
    expect(await left(180)).toEqual(['record-changed']);
    expect(await left(1_095)).toEqual([]);
  });

  it('keeps the row of a message whose file cannot be removed, and tries again', async () => {
    let broken = true;
    const url = await server.freshUrl();
    const removeFile = async (): Promise<void> => {
      if (broken) throw new Error('EIO');
    };
    await store.discard();
    store = await server.openStore({ databaseUrl: url, removeFile });
    await saveTown(store.directory, sampleTown('a'));
    await callWithMessage('c1');
    const late = start + 91 * day;
    expect(await store.retention.enforce(late)).toMatchObject({ messages: 0, failedFiles: 1, parties: 0 });
    expect(await list()).toHaveLength(1);
    broken = false;
    expect(await store.retention.enforce(late)).toMatchObject({ messages: 1, failedFiles: 0, parties: 1 });
  });

  it('removes old automatic backups and refused events, no other file', async () => {
    const old = new Date(start);
    for (const name of ['backups/before-update-1.backup', 'backups/mine.backup', 'spool/refused-2026-11-23.log']) {
      const path = join(store.database.dataFolder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, '');
      await utimes(path, old, old);
    }
    expect(await store.retention.enforce(start + 29 * day)).toMatchObject({ backups: 0, refusedEvents: 0 });
    expect(await store.retention.enforce(start + 31 * day)).toMatchObject({ backups: 1, refusedEvents: 1 });
    expect(await readdir(join(store.database.dataFolder, 'backups'))).toEqual(['mine.backup']);
  });

  it('has a class with a purpose for every table', async () => {
    const { rows: tables } = await store.database.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'kysely%'`,
    );
    const classes = await store.database.query.selectFrom('dataClass').selectAll().execute();
    const covered = new Set(classes.flatMap((each) => each.tables));
    expect([...covered].sort()).toEqual(tables.map((table) => table.name).sort());
    expect(classes.every((each) => each.purpose.length > 10)).toBe(true);
  });

  it('gives every table a tenant, except the few that are above tenants', async () => {
    const { rows } = await store.database.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables t
       where table_schema = 'public' and table_type = 'BASE TABLE' and not exists (
         select from information_schema.columns c where c.table_name = t.table_name and c.column_name = 'tenant_id')`,
    );
    const above = ['data_class', 'kysely_migration', 'kysely_migration_lock', 'setup_token', 'tenant'];
    expect(rows.map((row) => row.name).sort()).toEqual(above);
  });
});
