import type { LegTrace } from '@amtsleitung/domain';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EventScript, sampleTown, saveTown, TestServer, withParty, type TestStore } from '../testing/index.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 23, 10);
const traceOf = (tenantId: string, callId: string, leg: string, at = start): LegTrace => ({
  ...{ tenantId, callId, leg },
  messages: [
    { at, direction: 'received', peer: 'Leitung', transport: 'udp', summary: 'INVITE', text: 'INVITE sip:\0x' },
    { at: at + 5, direction: 'sent', peer: 'Leitung', transport: 'udp', summary: '180 Ringing', text: 'SIP/2.0 180' },
  ],
});

let server: TestServer;
let store: TestStore;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  store = await server.openStore();
  for (const tenant of ['a', 'b']) await saveTown(store.directory, sampleTown(tenant));
});
afterEach(() => store.discard());

describe('traces', () => {
  it('come back leg by leg in order, for their own tenant only', async () => {
    await store.traces.save(traceOf('a', 'c', 'second', start + 9));
    await store.traces.save(traceOf('a', 'c', 'first'));
    await store.traces.save(traceOf('a', 'c', 'first'));
    await store.traces.save({ ...traceOf('a', 'c', 'silent'), messages: [] });
    const legs = await store.traces.ofCall('a', 'c');
    expect(legs.map(({ leg }) => leg)).toEqual(['first', 'second']);
    expect(legs[0]!.messages[0]).toMatchObject({ peer: 'Leitung', text: 'INVITE sip:x' });
    expect(await store.traces.ofCall('b', 'c')).toEqual([]);
  });

  it('are listed by call, newest first, page by page', async () => {
    for (const [position, callId] of ['one', 'two', 'three'].entries()) {
      await store.traces.save(traceOf('a', callId, 'leg', start + position));
    }
    await store.traces.save(traceOf('a', 'three', 'other leg', start + 7));
    await store.traces.save(traceOf('b', 'foreign', 'leg', start));
    const page = await store.traces.recent('a', { limit: 2 });
    expect(page).toEqual([
      { callId: 'three', at: start + 2, legs: 2, messages: 4, peers: ['Leitung'] },
      { callId: 'two', at: start + 1, legs: 1, messages: 2, peers: ['Leitung'] },
    ]);
    expect(await store.traces.recent('a', { before: start + 1, limit: 9 })).toMatchObject([{ callId: 'one' }]);
  });

  it('say which call they are of by direction, outcome and the last three digits, which find it', async () => {
    const citizen = { partyId: 'p', tenantId: 'a', number: '+491713920001' };
    const script = new EventScript('a', start);
    await store.events.append(withParty(script.hotlineCall('theirs', 'a-desk-line', 'a-ada', citizen), citizen));
    for (const callId of ['theirs', 'unknown']) await store.traces.save(traceOf('a', callId, 'leg'));
    const found = async (lastDigits?: string) => store.traces.recent('a', { limit: 9, lastDigits });
    expect(await found('001')).toMatchObject([
      { callId: 'theirs', record: { direction: 'inbound', outcome: 'answered', lastDigits: '001' } },
    ]);
    expect(await found('002')).toEqual([]);
    const all = await found();
    expect(all).toHaveLength(2);
    expect(all.find(({ callId }) => callId === 'unknown')).not.toHaveProperty('record');
    expect(JSON.stringify(all)).not.toContain('3920001');
    expect(await store.traces.recent('b', { limit: 9, lastDigits: '001' })).toEqual([]);
  });

  it('go after 7 days, and with the number whose call it was', async () => {
    const party = { partyId: 'p', tenantId: 'a', number: '+491713920001' };
    const script = new EventScript('a', start);
    await store.events.append(withParty(script.hotlineCall('theirs', 'a-desk-line', 'a-ada', party), party));
    for (const callId of ['theirs', 'others']) await store.traces.save(traceOf('a', callId, 'leg'));
    expect((await store.retention.enforce(start + 6 * day)).traces).toBe(0);
    await store.retention.eraseParty('a', 'p');
    expect((await store.traces.recent('a', { limit: 9 })).map(({ callId }) => callId)).toEqual(['others']);
    expect((await store.retention.enforce(start + 8 * day)).traces).toBe(1);
  });
});

it('what calls have cost comes back in order after a restart', async () => {
  const script = new EventScript('a', start);
  const facts = { chargeId: 'x', callId: 'c', personId: 'a-ada', trunkId: 'a-trunk' };
  const begun = { ...facts, kind: 'trunk-call-started', diallingClass: 'mobile', reservedCents: 30 } as const;
  const over = { ...facts, kind: 'trunk-call-ended', cents: 12, connectedMilliseconds: 61_000 } as const;
  await store.events.append([begun, over].map((one) => ({ event: script.event(one) })));
  expect((await store.spendHistory.since(start)).map(({ kind }) => kind)).toEqual([begun.kind, over.kind]);
  expect(await store.spendHistory.since(start + day)).toEqual([]);
});

it('alerts are told newest first, of the tenant and the time asked for', async () => {
  const script = new EventScript('a', start);
  const limit = { kind: 'limit-reached', scope: 'person', scopeId: 'a-ada', limit: 'daily-cents' } as const;
  const events = [script.event(limit), script.event({ kind: 'pin-locked', personId: 'a-ada' })];
  await store.events.append(events.map((event) => ({ event })));
  const alerts = await store.alerts.recentAlerts('a', { since: start, limit: 9 });
  expect(alerts.map(({ kind }) => kind).toSorted()).toEqual(['limit-reached', 'pin-locked']);
  expect(await store.alerts.recentAlerts('b', { since: 0, limit: 9 })).toEqual([]);
  expect(await store.alerts.recentAlerts('a', { since: start + day, limit: 9 })).toEqual([]);
});
