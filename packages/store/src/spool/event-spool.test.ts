import { silentLogger } from '@amtsleitung/base';
import { VirtualClock } from '@amtsleitung/base/testing';
import type { DomainEvent } from '@amtsleitung/domain';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryEventStore } from '../testing/memory-event-store.ts';
import { MemorySpoolFiles } from '../testing/memory-spool-files.ts';
import { EventScript } from '../testing/sample-events.ts';
import { EventSpool } from './event-spool.ts';

let clock: VirtualClock;
let files: MemorySpoolFiles;
let store: MemoryEventStore;
let script: EventScript;
let acknowledged: DomainEvent[];

beforeEach(() => {
  clock = new VirtualClock();
  files = new MemorySpoolFiles();
  store = new MemoryEventStore();
  script = new EventScript('a');
  acknowledged = [];
});

async function open(folder = files, into = store): Promise<EventSpool> {
  const spool = await EventSpool.open({ files: folder, store: into, clock, timers: clock, logger: silentLogger });
  spool.onAcknowledged((event) => acknowledged.push(event));
  return spool;
}

const next = (callId = 'c'): DomainEvent => script.event({ kind: 'call-connected', callId, personId: 'p' });

function publish(spool: EventSpool, count: number): string[] {
  const events = Array.from({ length: count }, () => next());
  for (const event of events) spool.publish(event);
  return events.map((event) => event.id);
}

/** Lets everything run that waits neither for a timer longer than a sync's nor for something broken. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 40; turn += 1) {
    if (turn === 20) clock.advance(5);
    await new Promise((done) => setImmediate(done));
  }
};

describe('an event', () => {
  it('is acknowledged after its sync, in order, and then stored', async () => {
    const spool = await open();
    const stored: string[] = [];
    spool.onAcknowledged(() => expect(files.syncs).toBeGreaterThan(0));
    spool.onStored((events) => stored.push(...events.map((event) => event.id)));
    const ids = publish(spool, 300);
    expect(acknowledged).toEqual([]);
    await spool.drained();
    expect(acknowledged.map((event) => event.id)).toEqual(ids);
    expect(stored).toEqual(ids);
    expect(store.ids()).toEqual(ids);
    expect(spool.status()).toEqual({ unacknowledged: 0, backlogBytes: 0, lost: 0, damaged: 0, refused: 0 });
  });

  it('shares one sync with all that are published in the same turn', async () => {
    const spool = await open();
    publish(spool, 200);
    await spool.drained();
    expect(files.syncs).toBe(1);
  });

  it('reaches every listener although one of them throws', async () => {
    const spool = await open();
    spool.onStored(() => {
      throw new Error('listener');
    });
    const ids = publish(spool, 2);
    await spool.drained();
    publish(spool, 1);
    await spool.drained();
    expect(acknowledged.slice(0, 2).map((event) => event.id)).toEqual(ids);
  });
});

describe('storing', () => {
  it('takes the first event at once and gathers those that follow within a moment', async () => {
    const batches: number[] = [];
    const spool = await open();
    spool.onStored((events) => batches.push(events.length));
    publish(spool, 1);
    await settle();
    for (let turn = 0; turn < 5; turn += 1) {
      publish(spool, 2);
      await settle();
    }
    expect(batches).toEqual([1]);
    clock.advance(500);
    await settle();
    expect(batches).toEqual([1, 10]);
  });
});

describe('a database that is away', () => {
  it('gets everything once it is back, and acknowledging never waited', async () => {
    const spool = await open();
    store.away = 'ECONNREFUSED';
    const ids = publish(spool, 3);
    await settle();
    expect(acknowledged).toHaveLength(3);
    expect(spool.status()).toMatchObject({ databaseFailure: 'ECONNREFUSED', unacknowledged: 0 });
    clock.advance(60_000);
    ids.push(...publish(spool, 2));
    await settle();
    store.away = undefined;
    clock.advance(5_000);
    await spool.drained();
    expect(store.ids()).toEqual(ids);
    expect(spool.status().databaseFailure).toBeUndefined();
  });

  it('gets them from the next process', async () => {
    store.away = '57P01';
    const first = await open();
    const ids = publish(first, 5);
    await settle();
    const closing = first.close();
    await settle();
    clock.advance(3_000);
    await closing;
    store.away = undefined;
    const second = await open();
    await second.drained();
    expect(store.ids()).toEqual(ids);
  });

  it('is told apart from one that refuses an event for good, which is set aside', async () => {
    const spool = await open();
    const good = next();
    const bad = next();
    store.refused.set(bad.id, '22P05');
    for (const event of [good, bad]) spool.publish(event);
    const last = next();
    spool.publish(last);
    await spool.drained();
    expect(store.ids()).toEqual([good.id, last.id]);
    expect(spool.status().refused).toBe(1);
    expect(files.get('refused-2026-11-23.log')?.toString()).toContain(bad.id);
  });
});

describe('a disk that takes nothing', () => {
  it('keeps events waiting in order, says so, and loses none when there is room again', async () => {
    const spool = await open();
    const reasons: (string | undefined)[] = [];
    spool.onStatus((status) => reasons.push(status.diskFailure));
    const ids = publish(spool, 2);
    await spool.drained();
    files.free = 100;
    ids.push(...publish(spool, 3));
    await settle();
    ids.push(...publish(spool, 2));
    clock.advance(10_000);
    await settle();
    expect(acknowledged).toHaveLength(2);
    expect(spool.status()).toMatchObject({ diskFailure: 'ENOSPC', unacknowledged: 5 });
    files.free = 1_000_000;
    clock.advance(2_000);
    await spool.drained();
    expect(acknowledged.map((event) => event.id)).toEqual(ids);
    expect(store.ids()).toEqual(ids);
    expect(reasons).toEqual(['ENOSPC', undefined]);
  });

  it('does not litter the folder while it tries', async () => {
    const spool = await open();
    files.broken = 'EIO';
    publish(spool, 1);
    for (let second = 0; second < 30; second += 1) {
      await settle();
      clock.advance(2_000);
    }
    expect(await files.list()).toHaveLength(0);
  });

  it('holds 20,000 events, then loses and counts the newest', async () => {
    const spool = await open();
    files.broken = 'ENOSPC';
    const ids = publish(spool, 20_050);
    await settle();
    expect(spool.status()).toMatchObject({ unacknowledged: 20_000, lost: 50 });
    files.broken = undefined;
    clock.advance(2_000);
    await spool.drained();
    expect(store.ids()).toEqual(ids.slice(0, 20_000));
  });
});

describe('a process that ends at any moment', () => {
  it('leaves every acknowledged event to the next one, exactly once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(5), fc.nat(12)), { minLength: 1, maxLength: 8 }),
        fc.nat(400),
        async (groups, extra) => {
          files = new MemorySpoolFiles();
          store = new MemoryEventStore();
          acknowledged = [];
          const spool = await open();
          if (extra % 2) store.away = 'ECONNREFUSED';
          const ids: string[] = [];
          for (const [count, turns] of groups) {
            ids.push(...publish(spool, count));
            for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
          }
          const left = files.afterPowerCut(extra);
          const known = acknowledged.map((event) => event.id);
          const later = new MemoryEventStore();
          for (const [id, event] of store.events) later.events.set(id, event);
          const second = await open(left, later);
          await second.drained();
          expect(later.ids().slice(0, known.length)).toEqual(known);
          expect(later.ids()).toEqual(ids.slice(0, later.events.size));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a damaged folder', () => {
  it('costs only the lines that the damage touches, and never stops the house', async () => {
    const spool = await open();
    store.away = 'ECONNREFUSED';
    const ids = publish(spool, 12);
    await settle();
    const name = (await files.list()).find((each) => each.startsWith('events-'))!;
    const bytes = files.get(name)!;
    const lineOf = (offset: number): number => bytes.subarray(0, offset).toString('latin1').split('\n').length - 1;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, bits, cut) => {
          const damaged = Buffer.from(cut ? bytes.subarray(0, at) : bytes);
          if (!cut) damaged[at] = damaged[at]! ^ bits;
          const folder = new MemorySpoolFiles();
          folder.put(name, damaged);
          folder.put('position.json', Buffer.from(bytes.subarray(at, at + 9)));
          const into = new MemoryEventStore();
          const second = await open(folder, into);
          await second.drained();
          const line = lineOf(at);
          // A damaged line feed joins two lines.
          const hit = bytes[at] === 0x0a ? [line, line + 1] : [line];
          const expected = ids.filter((_, index) => (cut ? index < line : !hit.includes(index)));
          expect(into.ids()).toEqual(expected);
          expect((await folder.list()).filter((each) => each.startsWith('events-'))).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('may hold anything at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.string(), async (bytes, position) => {
        const folder = new MemorySpoolFiles();
        folder.put('events-000000000007.log', Buffer.from(bytes));
        folder.put('position.json', Buffer.from(position));
        const spool = await open(folder);
        const [id] = publish(spool, 1);
        await spool.drained();
        expect(store.ids()).toContain(id);
      }),
      { numRuns: 100 },
    );
  });
});

describe('stored events', () => {
  it('leave the disk with their numbers when a new file is begun', async () => {
    const spool = await open();
    spool.publish(next(), { partyId: 'p', tenantId: 'a', number: '+491713920001' });
    await spool.drained();
    await spool.rotate();
    await settle();
    expect(await files.list()).toEqual(['position.json']);
    const [id] = publish(spool, 1);
    await spool.drained();
    expect(store.ids()).toContain(id);
  });
});

describe('closing', () => {
  it('stores what is pending and refuses what comes later', async () => {
    const spool = await open();
    const ids = publish(spool, 3);
    await spool.close();
    publish(spool, 1);
    expect(store.ids()).toEqual(ids);
    expect(spool.status().lost).toBe(1);
  });

  it('does not wait for ever for a disk and a database that are both gone', async () => {
    const spool = await open();
    files.broken = 'EIO';
    store.away = 'ECONNREFUSED';
    publish(spool, 3);
    const closing = spool.close();
    await settle();
    clock.advance(3_000);
    await closing;
    expect(spool.status().unacknowledged).toBe(3);
  });
});
