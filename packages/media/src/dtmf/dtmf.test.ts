import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DigitReceiver } from './digit-receiver.ts';
import { DigitSender, type DigitFrame } from './digit-sender.ts';
import { dualTone } from './dual-tone.ts';
import { parseTelephoneEvent, printTelephoneEvent } from './telephone-event.ts';

const keys = '0123456789*#ABCD';

/** Everything a sender sends for some digits, frame after frame. */
function sendAll(digits: string): DigitFrame[] {
  const sender = new DigitSender();
  expect(sender.add(digits)).toBe(true);
  const frames: DigitFrame[] = [];
  for (let timestamp = 0; !sender.idle; timestamp += 160) frames.push(...sender.step(timestamp));
  return frames;
}

const receiveAll = (frames: readonly DigitFrame[]): string => {
  const receiver = new DigitReceiver();
  return frames.map(({ payload, timestamp }) => receiver.receive(payload, timestamp, 1) ?? '').join('');
};

describe('digits as events', () => {
  it('arrive as they were sent, in spite of loss, repetition and reordering of neighbours', () => {
    const digits = fc.string({ unit: fc.constantFrom(...keys), minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(digits, fc.array(fc.nat(7), { minLength: 200, maxLength: 200 }), (text, fate) => {
        const frames = sendAll(text);
        const arriving = frames.flatMap((frame, at) => {
          // At most every second packet of a key is lost.
          if (fate[at] === 0 && at % 2 === 1) return [];
          return fate[at] === 1 ? [frame, frame] : [frame];
        });
        expect(receiveAll(arriving)).toBe(text);
      }),
    );
  });

  it('last 120 ms, keep the time of their start, and say their end three times', () => {
    const frames = sendAll('5');
    expect(frames.map(({ marker }) => marker)).toEqual([true, ...new Array(7).fill(false)]);
    expect(new Set(frames.map(({ timestamp }) => timestamp)).size).toBe(1);
    const events = frames.map(({ payload }) => parseTelephoneEvent(payload)!);
    expect(events.map(({ duration }) => duration)).toEqual([160, 320, 480, 640, 800, 960, 960, 960]);
    expect(events.map(({ end }) => end)).toEqual([...new Array(5).fill(false), true, true, true]);
  });

  it('are two presses when the same key is pressed twice', () => expect(receiveAll(sendAll('11'))).toBe('11'));

  it('are one press when an old packet comes late', () => {
    const frames = sendAll('12');
    expect(receiveAll([...frames, frames[2]!])).toBe('12');
  });

  it('begin anew with a new source', () => {
    const receiver = new DigitReceiver();
    const payload = printTelephoneEvent({ digit: '1', end: false, volume: 10, duration: 160 });
    expect(receiver.receive(payload, 5000, 1)).toBe('1');
    expect(receiver.receive(payload, 100, 2)).toBe('1');
  });

  it('are refused when they are none, or too many', () => {
    const sender = new DigitSender();
    expect(sender.add('12x')).toBe(false);
    expect(sender.idle).toBe(true);
    expect(sender.add('1'.repeat(65))).toBe(false);
    expect(sender.add('1'.repeat(64))).toBe(true);
    expect(sender.add('1')).toBe(false);
  });

  it('are read from nothing else', () => {
    expect(parseTelephoneEvent(Buffer.from([16, 0, 0, 0]))).toBeUndefined();
    expect(parseTelephoneEvent(Buffer.from([1, 0, 0]))).toBeUndefined();
  });
});

it('gives every key its two tones', () => {
  expect(dualTone('1')).toEqual([697, 1209]);
  expect(dualTone('D')).toEqual([941, 1633]);
  expect(new Set([...keys].map((key) => dualTone(key)!.join())).size).toBe(16);
  expect(dualTone('x')).toBeUndefined();
});
