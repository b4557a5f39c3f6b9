import type { DomainEvent } from '@amtsleitung/domain';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EventScript, sampleTown, saveTown, TestServer, type TestStore } from '../testing/index.ts';

let server: TestServer;
let store: TestStore;
let script: EventScript;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  store = await server.openStore();
  await saveTown(store.directory, sampleTown('a'));
  script = new EventScript('a');
});
afterEach(() => store.discard());

const count = async (): Promise<number> => {
  const { rows } = await store.database.pool.query<{ count: number }>('select count(*) as count from event');
  return rows[0]!.count;
};

describe('events', () => {
  it('are stored once, also when a batch holds one twice', async () => {
    const event = script.event({ kind: 'signed-in', personId: 'a-ada' });
    await Promise.all([1, 2, 3].map(() => store.events.append([{ event }, { event }])));
    expect(await count()).toBe(1);
  });

  it('are stored together or not at all', async () => {
    const good = script.event({ kind: 'signed-in', personId: 'a-ada' });
    const bad: DomainEvent = { ...script.event({ kind: 'signed-in', personId: 'a-ada' }), tenantId: 'nowhere' };
    await expect(store.events.append([{ event: good }, { event: bad }])).rejects.toMatchObject({ code: '23503' });
    expect(await count()).toBe(0);
  });

  it.each(['update event set at = 0', 'delete from event', 'truncate event'])('refuse "%s"', async (statement) => {
    await store.events.append([{ event: script.event({ kind: 'signed-in', personId: 'a-ada' }) }]);
    await expect(store.database.pool.query(statement)).rejects.toThrow('append-only');
    expect(await count()).toBe(1);
  });

  it('show what administrators did in the view for auditors', async () => {
    const change = { record: 'hotline', recordId: 'a-desk-line', change: 'updated' } as const;
    const event = script.event({ kind: 'record-changed', personId: 'a-ada', ...change });
    await store.events.append([{ event }, { event: script.event({ kind: 'agent-paused', personId: 'a-ben' }) }]);
    const { rows } = await store.database.pool.query('select kind, person_id, facts from audit');
    expect(rows).toEqual([{ kind: 'record-changed', person_id: 'a-ada', facts: { personId: 'a-ada', ...change } }]);
  });

  it('take whatever a stranger sends as name and number', async () => {
    const party = { partyId: 'p', tenantId: 'a', number: "'\0\ud800", name: 'A\0B\udfff{{7*7}}__proto__"\\' };
    const event = script.event({
      kind: 'call-arrived',
      callId: 'c',
      direction: 'inbound',
      partyId: 'p',
      trunkId: '\0\ud800',
    });
    await store.events.append([{ event, party }]);
    await store.events.append([{ event: script.event({ kind: 'call-connected', callId: 'c', personId: 'a-ada' }) }]);
    const [record] = await store.calls.ofPerson('a', 'a-ada', { limit: 1 });
    expect(record?.party).toEqual({ partyId: 'p', number: "'\ufffd", name: 'AB\ufffd{{7*7}}__proto__"\\' });
  });

  it('add to a party what an earlier one did not know, never for another tenant', async () => {
    await saveTown(store.directory, sampleTown('b'));
    const arrived = script.event({ kind: 'call-arrived', callId: 'c', direction: 'inbound', partyId: 'p' });
    await store.events.append([{ event: arrived, party: { partyId: 'p', tenantId: 'a', number: '+491' } }]);
    const connected = script.event({ kind: 'call-connected', callId: 'c', personId: 'a-ada' });
    await store.events.append([{ event: connected, party: { partyId: 'p', tenantId: 'a', name: 'Carla' } }]);
    const foreign = new EventScript('b', undefined, 2).event({ kind: 'signed-in', personId: 'b-ada' });
    await store.events.append([{ event: foreign, party: { partyId: 'p', tenantId: 'b', name: 'Mallory' } }]);
    const [record] = await store.calls.ofPerson('a', 'a-ada', { limit: 1 });
    expect(record?.party).toEqual({ partyId: 'p', number: '+491', name: 'Carla' });
  });
});
