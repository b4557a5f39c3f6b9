import { silentLogger } from '@amtsleitung/base';
import { VirtualClock } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { FakeMediaEngine, audio } from '../testing/index.ts';
import { MediaLeg } from './media-leg.ts';

function legs() {
  const clock = new VirtualClock();
  const engine = new FakeMediaEngine();
  const closing: Promise<void>[] = [];
  const ports = { engine, timers: clock, logger: silentLogger, closing: (one: Promise<void>) => closing.push(one) };
  const leg = (id: string) => new MediaLeg(id, ports, {});
  const settle = () => new Promise(setImmediate);
  return { clock, engine, leg, settle };
}

describe('the media of a leg', () => {
  it('does what it is told in order', async () => {
    const { engine, leg, settle } = legs();
    const one = leg('a');
    const answered = one.answer('plain', audio());
    one.command((media, id) => media.play(id, 'p', [], true));
    one.command((media, id) => media.park(id));
    await answered;
    await settle();
    await one.close();
    expect(engine.commands).toEqual(['answer a plain', 'play a p loop', 'park a', 'close a']);
  });

  it('is closed once, also when its opening failed, and never opened again', async () => {
    const { engine, leg } = legs();
    const one = leg('a');
    engine.failNext.set('answer', new Error('broken'));
    await expect(one.answer('plain', audio())).rejects.toThrow('broken');
    await Promise.all([one.close(), one.close()]);
    await expect(one.offer('plain')).rejects.toThrow('over');
    expect(engine.commands).toEqual(['answer a plain', 'close a']);
  });

  it('that was never opened needs no closing', async () => {
    const { engine, leg } = legs();
    await leg('a').close();
    expect(engine.commands).toEqual([]);
  });

  it('is bridged when both sides are ready, from either side, without waiting for each other for ever', async () => {
    const { engine, leg, settle } = legs();
    const [left, right] = [leg('a'), leg('b')];
    void left.answer('plain', audio());
    left.bridge(right);
    right.bridge(left);
    void right.answer('plain', audio());
    await right.answer('plain', audio());
    left.bridge(right);
    right.bridge(left);
    await settle();
    expect(engine.legs.get('a')?.hears).toEqual({ bridge: 'b' });
    expect(engine.legs.get('b')?.hears).toEqual({ bridge: 'a' });
  });

  it('is not held up by the bridge to a leg that is closed', async () => {
    const { engine, leg } = legs();
    const [left, right] = [leg('a'), leg('b')];
    await Promise.all([left.answer('plain', audio()), right.answer('plain', audio())]);
    void right.close();
    left.bridge(right);
    right.bridge(left);
    await left.close();
    expect(engine.commands.filter((command) => command.startsWith('bridge'))).toEqual([]);
    expect(engine.legs.size).toBe(0);
  });

  it('gives up an engine that does not answer', async () => {
    const { clock, engine, leg, settle } = legs();
    const one = leg('a');
    engine.gate = new Promise(() => {});
    const answered = one.answer('plain', audio());
    const outcome = expect(answered).rejects.toMatchObject({ sipStatus: 503 });
    await settle();
    clock.advance(5_000);
    await outcome;
  });
});
