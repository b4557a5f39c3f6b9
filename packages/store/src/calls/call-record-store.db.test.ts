import type { DomainEvent } from '@amtsleitung/domain';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EventScript, sampleTown, saveTown, TestServer, withParty, type TestStore } from '../testing/index.ts';

let server: TestServer;
let store: TestStore;
let script: EventScript;
const citizen = { partyId: 'p1', tenantId: 'a', number: '+491713920001', name: 'Carla Bürger' };

beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  store = await server.openStore();
  await saveTown(store.directory, sampleTown('a'));
  await saveTown(store.directory, sampleTown('b'));
  script = new EventScript('a');
});
afterEach(() => store.discard());

const append = (events: readonly DomainEvent[]) => store.events.append(events.map((event) => ({ event })));
const all = { limit: 50 };

describe('call records', () => {
  it('tell each step of a call to the person who answered', async () => {
    const events = script.hotlineCall('c1', 'a-desk-line', 'a-ada', citizen);
    await store.events.append(withParty(events, citizen));
    const [record, ...others] = await store.calls.ofPerson('a', 'a-ada', all);
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      callId: 'c1',
      tenantId: 'a',
      direction: 'inbound',
      arrivedAt: events[0]!.at,
      endedAt: events.at(-1)!.at,
      outcome: 'answered',
      talkMilliseconds: 60_000,
      waitMilliseconds: 10_000,
      hotlineId: 'a-desk-line',
      party: { partyId: 'p1', number: '+491713920001', name: 'Carla Bürger' },
    });
    expect(record!.steps.map((step) => step.kind)).toEqual(events.map((event) => event.kind));
    expect(record!.steps[4]).toEqual({
      at: events[4]!.at,
      kind: 'hotline-answered',
      personId: 'a-ada',
      hotlineId: 'a-desk-line',
    });
  });

  it('are not for colleagues, not even those who were offered the call, nor for another tenant', async () => {
    await append(script.hotlineCall('c1', 'a-desk-line', 'a-ada'));
    await append([
      script.event({ kind: 'hotline-offered', callId: 'c1', hotlineId: 'l', offerId: 'o', personId: 'a-ben' }),
    ]);
    expect(await store.calls.ofPerson('a', 'a-ben', all)).toEqual([]);
    expect(await store.calls.ofPerson('b', 'a-ada', all)).toEqual([]);
  });

  it('say that the caller’s number was a forbidden one', async () => {
    const [arrived, ...rest] = script.hotlineCall('c1', 'a-desk-line', 'a-ada');
    await append([{ ...arrived!, forgedCaller: true } as DomainEvent, ...rest]);
    const [record] = await store.calls.ofPerson('a', 'a-ada', all);
    expect(record!.steps[0]).toMatchObject({ kind: 'call-arrived', detail: 'forged-caller' });
  });

  it('are for everybody the call was passed to, and for the called who missed it', async () => {
    await append(script.hotlineCall('c1', 'a-desk-line', 'a-ada').slice(0, 6));
    const toBen = { kind: 'person', personId: 'a-ben' } as const;
    await append([script.event({ kind: 'call-transferred', callId: 'c1', fromPersonId: 'a-ada', destination: toBen })]);
    await append([
      script.event({ kind: 'call-arrived', callId: 'c2', direction: 'internal', callerPersonId: 'a-eve' }),
      script.event({ kind: 'call-routed', callId: 'c2', destination: toBen }),
    ]);
    const ids = async (person: string) =>
      (await store.calls.ofPerson('a', person, all)).map((record) => record.callId).sort();
    expect(await ids('a-ben')).toEqual(['c1', 'c2']);
    expect(await ids('a-ada')).toEqual(['c1']);
    expect(await ids('a-eve')).toEqual(['c2']);
    const [internal] = await store.calls.ofPerson('a', 'a-eve', all);
    expect(internal).toMatchObject({ callerPersonId: 'a-eve', calleePersonId: 'a-ben' });
    expect(internal).not.toHaveProperty('party');
  });

  it('are found by name, and by number however it is written', async () => {
    await store.events.append(withParty(script.hotlineCall('c1', 'l', 'a-ada', citizen), citizen));
    const odd = { partyId: 'p2', tenantId: 'a', number: '+49302312500', name: '100 % Müller_' };
    await store.events.append(withParty(script.hotlineCall('c2', 'l', 'a-ada', odd), odd));
    const found = async (search: string) =>
      (await store.calls.ofPerson('a', 'a-ada', { search, limit: 10 })).map((record) => record.callId);
    expect(await found('carla')).toEqual(['c1']);
    expect(await found('0171 392')).toEqual(['c1']);
    expect(await found('+49 171')).toEqual(['c1']);
    expect(await found('0049 (30) 2312-500')).toEqual(['c2']);
    expect(await found('0 %')).toEqual(['c2']);
    expect(await found('r_')).toEqual(['c2']);
    expect(await found("'; drop table event --")).toEqual([]);
    expect(await found('  ')).toEqual(['c2', 'c1']);
  });

  it('come newest first, page by page', async () => {
    for (const id of ['c1', 'c2', 'c3']) await append(script.hotlineCall(id, 'l', 'a-ada'));
    const first = await store.calls.ofPerson('a', 'a-ada', { limit: 2 });
    expect(first.map((record) => record.callId)).toEqual(['c3', 'c2']);
    const rest = await store.calls.ofPerson('a', 'a-ada', { limit: 2, before: first[1]!.arrivedAt });
    expect(rest.map((record) => record.callId)).toEqual(['c1']);
  });

  it('are the same in whatever batches the events come, twice or rebuilt', async () => {
    const events = [
      ...withParty(script.hotlineCall('c1', 'a-desk-line', 'a-ada', citizen), citizen),
      ...script.hotlineCall('c2', 'a-desk-line', 'a-ada').map((event) => ({ event })),
    ];
    await store.events.append(events);
    const expected = await store.calls.ofPerson('a', 'a-ada', all);
    const cuts = fc.array(fc.integer({ min: 0, max: events.length }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cuts, async (points) => {
        const other = await server.openStore();
        await saveTown(other.directory, sampleTown('a'));
        const edges = [0, ...points.sort((left, right) => left - right), events.length];
        for (const [index, end] of edges.slice(1).entries()) {
          // Each batch begins with a stretch that was stored before.
          await other.events.append(events.slice(Math.max(0, edges[index]! - 2), end));
        }
        expect(await other.calls.ofPerson('a', 'a-ada', all)).toEqual(expected);
        await other.discard();
      }),
      { numRuns: 5 },
    );
    expect(await store.rebuildCallRecords()).toBe(2);
    expect(await store.calls.ofPerson('a', 'a-ada', all)).toEqual(expected);
  });
});

describe('calls that the end of the house cut short', () => {
  it('are closed as interrupted, once, with the times that are certain', async () => {
    const events = script.hotlineCall('c1', 'a-desk-line', 'a-ada');
    await append(events.slice(0, 6));
    await append([script.event({ kind: 'call-held', callId: 'c1', personId: 'a-ada' }, 5_000)]);
    await append(script.hotlineCall('c2', 'a-desk-line', 'a-ada'));
    const now = events[0]!.at + 3_600_000;
    expect(await store.closeInterruptedCalls(now)).toBe(1);
    expect(await store.closeInterruptedCalls(now)).toBe(0);
    const record = (await store.calls.ofPerson('a', 'a-ada', all)).find(({ callId }) => callId === 'c1');
    expect(record).toMatchObject({ endedAt: now, outcome: 'interrupted', talkMilliseconds: 5_000 + 60_000 });
    expect(record?.steps.at(-1)).toMatchObject({ kind: 'call-ended', detail: 'interrupted' });
  });
});
