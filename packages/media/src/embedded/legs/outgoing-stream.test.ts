import { seededRandom } from '@amtsleitung/base/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newRtpFields, parseRtp, printRtp, readRtp, type RtpPacket } from '../../rtp/rtp-packet.ts';
import { PacketRing } from '../packet-ring.ts';
import { OutgoingStream } from './outgoing-stream.ts';

const ring = new PacketRing();
const distance = (from: number, to: number): number => (to - from) | 0;

function open() {
  const sent: RtpPacket[] = [];
  const stream = new OutgoingStream(seededRandom(3), ring, (packet, length) => {
    sent.push(parseRtp(Buffer.from(packet.subarray(0, length)))!);
  });
  const tick = (): void => {
    stream.advance(1);
    stream.sendFrame(8, (packet, offset) => packet.fill(0xd5, offset, offset + 160));
  };
  const forward = (sequence: number, timestamp: number, ssrc = 42, size = 160): boolean => {
    const packet = printRtp({
      marker: false,
      payloadType: 0,
      sequence: sequence & 0xffff,
      timestamp: timestamp >>> 0,
      ssrc,
      payload: Buffer.alloc(size, sequence & 0xff),
    });
    const fields = newRtpFields();
    expect(readRtp(packet, fields)).toBe(true);
    return stream.forward(packet, fields, 8);
  };
  return { sent, stream, tick, forward };
}

describe('the stream a leg sends', () => {
  it('is one stream, whoever speaks', () => {
    const { sent, stream, tick, forward } = open();
    tick();
    stream.startTalk();
    for (let at = 0; at < 5; at++) {
      stream.advance(1);
      forward(900 + at, 77_000 + at * 160);
    }
    stream.startTalk();
    for (let at = 0; at < 5; at++) {
      stream.advance(1);
      forward(65_534 + at, 0xffffff00 + at * 160, 43);
    }
    tick();
    expect(new Set(sent.map(({ ssrc }) => ssrc)).size).toBe(1);
    expect(sent.slice(1).map(({ sequence }, at) => (sequence - sent[at]!.sequence) & 0xffff)).toEqual(
      new Array(11).fill(1),
    );
    expect(sent.slice(1).map(({ timestamp }, at) => distance(sent[at]!.timestamp, timestamp))).toEqual(
      new Array(11).fill(160),
    );
    // A mark where a new sound begins.
    expect(sent.flatMap(({ marker }, at) => (marker ? [at] : []))).toEqual([0, 1, 6]);
  });

  it('shows loss and reordering of the forwarded source as they are', () => {
    const { sent, stream, forward } = open();
    for (const at of [0, 1, 4, 3, 5]) {
      stream.advance(1);
      forward(10 + at, at * 160);
    }
    const first = sent[0]!;
    expect(sent.map(({ sequence }) => (sequence - first.sequence) & 0xffff)).toEqual([0, 1, 4, 3, 5]);
    expect(sent.map(({ timestamp }) => distance(first.timestamp, timestamp) / 160)).toEqual([0, 1, 4, 3, 5]);
  });

  it('drops a packet from before a pause it has already filled', () => {
    const { sent, stream, tick, forward } = open();
    stream.advance(1);
    forward(10, 1600);
    tick();
    stream.advance(1);
    expect(forward(13, 2080)).toBe(true);
    expect(forward(11, 1760)).toBe(false);
    expect(sent).toHaveLength(3);
  });

  it('never repeats a number and never goes back in its own frames, whatever is forwarded', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('tick' as const) }),
      fc.record({
        kind: fc.constant('packet' as const),
        sequence: fc.nat(0xffff),
        timestamp: fc.nat(0xffffffff),
        ssrc: fc.nat(2),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { sent, tick, forward, stream } = open();
        const seen = new Set<string>();
        for (const one of steps) {
          if (one.kind === 'tick') tick();
          else if (!seen.has(`${one.ssrc}/${one.sequence}`)) {
            seen.add(`${one.ssrc}/${one.sequence}`);
            stream.advance(1);
            forward(one.sequence, one.timestamp, one.ssrc);
          }
        }
        expect(new Set(sent.map(({ sequence }) => sequence)).size).toBe(sent.length);
      }),
    );
  });

  it('does not forward what would not fit', () => {
    const { forward } = open();
    expect(forward(1, 1, 42, 1600)).toBe(false);
    expect(forward(2, 1, 42, 0)).toBe(false);
  });
});
