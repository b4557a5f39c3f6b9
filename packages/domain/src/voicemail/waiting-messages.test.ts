import { silentLogger } from '@amtsleitung/base';
import { describe, expect, it } from 'vitest';
import type { Destination } from '../numbering/head-number.ts';
import { SampleHouse } from '../testing/index.ts';
import type { MessageStore, VoiceMessage } from './message.ts';
import { WaitingMessages } from './waiting-messages.ts';

class MemoryMessages implements MessageStore {
  messages: VoiceMessage[] = [];
  isAway = false;
  put(id: string, box: Destination, doneAt?: number): void {
    const message = { id, tenantId: 'town', callId: 'call', box, recordedAt: 0, milliseconds: 1, file: '' };
    this.messages.push({ ...message, ...(doneAt === undefined ? {} : { doneAt }) });
  }
  list = async () => {
    if (this.isAway) throw new Error('no database');
    return this.messages;
  };
  find = async () => undefined;
  setDone = async (_tenantId: string, messageId: string, done: { at: number } | undefined) => {
    this.messages = this.messages.map((message) =>
      message.id === messageId && done ? { ...message, doneAt: done.at } : message,
    );
  };
  delete = async (_tenantId: string, messageId: string) => {
    this.messages = this.messages.filter(({ id }) => id !== messageId);
  };
}

function box() {
  const house = new SampleHouse();
  const store = new MemoryMessages();
  const { directory, log: events } = house;
  const waiting = new WaitingMessages({ store, directory, events, logger: silentLogger });
  const told: string[] = [];
  waiting.onChange((personId) => told.push(personId));
  return { house, store, waiting, told };
}

describe('waiting messages', () => {
  it('count the own box and those of the own hotlines', async () => {
    const { store, waiting, told } = box();
    store.put('1', { kind: 'person', personId: 'dora' });
    store.put('2', { kind: 'hotline', hotlineId: 'permits' }, 5);
    await waiting.restore();
    expect(waiting.counts('dora')).toEqual({ fresh: 1, old: 1 });
    expect(waiting.counts('ben')).toEqual({ fresh: 0, old: 1 });
    expect(waiting.counts('anna')).toEqual({ fresh: 0, old: 0 });
    expect(waiting.counts('nobody')).toEqual({ fresh: 0, old: 0 });
    expect(told.sort()).toEqual(['ben', 'dora']);
  });

  it('change with a new message, when one is done and when one is deleted; only those concerned are told', async () => {
    const { house, store, waiting, told } = box();
    const leg = house.citizenCalls('+49620521123');
    house.control.fail(house.control.ringingAt('dora'), 'no-answer');
    house.control.playedOut(leg);
    store.put('1', { kind: 'person', personId: 'dora' });
    house.control.recorded(leg, 2_000);
    await waiting.restore();
    expect([waiting.counts('dora').fresh, told]).toEqual([1, ['dora']]);
    await waiting.watched.setDone('town', '1', { personId: 'dora', at: 1 });
    await waiting.close();
    expect(waiting.counts('dora')).toEqual({ fresh: 0, old: 1 });
    await waiting.watched.delete('town', '1');
    await waiting.close();
    expect([waiting.counts('dora').old, told]).toEqual([0, ['dora', 'dora', 'dora']]);
  });

  it('a store that is away leaves the lamps as they are', async () => {
    const { store, waiting } = box();
    store.put('1', { kind: 'person', personId: 'dora' });
    await waiting.restore();
    store.isAway = true;
    await waiting.restore();
    expect(waiting.counts('dora').fresh).toBe(1);
  });
});
