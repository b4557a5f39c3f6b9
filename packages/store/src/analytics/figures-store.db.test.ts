import { hotlineFigures, type DomainEvent, type DomainFacts } from '@amtsleitung/domain';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventScript, sampleTown, saveTown, TestServer, type TestStore } from '../testing/index.ts';

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await TestServer.start();
  store = await server.openStore();
  for (const tenant of ['a', 'b']) await saveTown(store.directory, sampleTown(tenant));
});
afterAll(async () => {
  await store.discard();
  await server.stop();
});

const start = Date.UTC(2026, 10, 23);
const hotlineId = fc.constantFrom('h1', 'h2', 'h3');
const waitMilliseconds = fc.oneof(
  fc.integer({ min: 0, max: 90_000 }),
  fc.constantFrom(0, 5_000, 5_001, 20_000, 30_000),
);
const fact: fc.Arbitrary<DomainFacts> = fc.oneof(
  fc.record({ kind: fc.constant('hotline-queued' as const), callId: fc.constant('c'), hotlineId, position: fc.nat(9) }),
  fc.record({
    kind: fc.constant('hotline-answered' as const),
    callId: fc.constant('c'),
    hotlineId,
    personId: fc.constant('a-ada'),
    waitMilliseconds,
  }),
  fc.record({ kind: fc.constant('hotline-abandoned' as const), callId: fc.constant('c'), hotlineId, waitMilliseconds }),
  fc.record({
    kind: fc.constant('hotline-overflowed' as const),
    callId: fc.constant('c'),
    hotlineId,
    reason: fc.constantFrom('nobody-logged-in' as const, 'max-wait' as const, 'closed' as const),
    waitMilliseconds,
  }),
  fc.record({ kind: fc.constant('agent-logged-in' as const), personId: fc.constant('a-ada'), hotlineId }),
  fc.record({ kind: fc.constant('agent-paused' as const), personId: fc.constant('a-ada') }),
);
const promises = new Map([
  ['h1', 20],
  ['h2', 30],
]);

describe('figures', () => {
  it('are those that the domain computes from the same events', async () => {
    const events: DomainEvent[] = [];
    const scripts = ['a', 'b'].map((tenant, seed) => new EventScript(tenant, start, seed + 1));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fact, fc.nat(1), fc.nat(60_000)), { maxLength: 30 }),
        fc.nat(1_000_000),
        async (facts, from) => {
          const more = facts.map(([each, tenant, after]) => scripts[tenant]!.event(each, after));
          events.push(...more);
          await store.events.append(more.map((event) => ({ event })));
          const to = Math.max(start, ...more.map((event) => event.at));
          for (const tenant of ['a', 'b']) {
            const expected = hotlineFigures(events, tenant, start + from, to, promises);
            const actual = await store.figures.ofHotlines(tenant, start + from, to, promises);
            expect(actual).toEqual(expected.toSorted((left, right) => (left.hotlineId < right.hotlineId ? -1 : 1)));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('of today use the index of the events', async () => {
    const client = await store.database.pool.connect();
    await client.query('set enable_seqscan = off');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain select hotline_id, count(*) from event
       where tenant_id = 'a' and at >= ${start} and at < ${start + 1} and hotline_id is not null group by hotline_id`,
    );
    client.release(true);
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('event_hotline');
  });
});
