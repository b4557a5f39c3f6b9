import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRtcp, printReceiverReport, printSenderReport } from './rtcp-packet.ts';
import { isRtcp, parseRtp, printRtp } from './rtp-packet.ts';
import { ReceptionStatistics } from './reception-statistics.ts';
import { sequenceDistance } from './serial-number.ts';

const packet = fc.record({
  marker: fc.boolean(),
  payloadType: fc.nat(127),
  sequence: fc.nat(0xffff),
  timestamp: fc.nat(0xffffffff),
  ssrc: fc.nat(0xffffffff),
  payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
});

describe('an RTP packet', () => {
  it('reads as it was written', () => {
    fc.assert(fc.property(packet, (one) => void expect(parseRtp(printRtp(one))).toEqual(one)));
  });

  it('is read without its contributing sources, extension and padding', () => {
    const bytes = Buffer.from(
      `b2080001${'00000002'}${'00000003'}${'0000000a0000000b'}${'bede0001'}${'11223344'}${'d5d5d5'}${'000002'}`,
      'hex',
    );
    expect(parseRtp(bytes)).toMatchObject({ sequence: 1, timestamp: 2, ssrc: 3 });
    expect(parseRtp(bytes)!.payload).toEqual(Buffer.from('d5d5d500', 'hex'));
  });

  it('is refused when it promises more than it has', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const read = parseRtp(Buffer.from(bytes));
        expect(read === undefined || read.payload.length <= bytes.length - 12).toBe(true);
      }),
    );
    expect(parseRtp(Buffer.from('80080001000000020000', 'hex'))).toBeUndefined();
    expect(parseRtp(Buffer.from('a0080001000000020000000300', 'hex'))).toBeUndefined();
  });
});

describe('RTCP', () => {
  const block = { ssrc: 5, fractionLost: 12, packetsLost: 300, extendedHighest: 70_000, jitter: 40 };
  const report = { ssrc: 9, wallTime: 1_795_000_000_500, timestamp: 160, packets: 50, octets: 8000, block };

  it('reads as it was written, and is told from RTP', () => {
    const bytes = printSenderReport(report, 'house');
    expect(isRtcp(bytes)).toBe(true);
    expect(bytes.length % 4).toBe(0);
    expect(parseRtcp(bytes)).toEqual([{ kind: 'sender-report', ssrc: 9, blocks: [block] }]);
  });

  it('RFC 3550 §6.4.2: who has sent nothing reports what it received, with its name', () => {
    const bytes = printReceiverReport(9, block, 'house');
    expect(parseRtcp(bytes)).toEqual([{ kind: 'receiver-report', ssrc: 9, blocks: [block] }]);
    expect(bytes.toString('latin1')).toContain('house');
    expect(parseRtcp(printReceiverReport(9, undefined, 'house'))?.[0]?.blocks).toEqual([]);
  });

  it('is refused when cut', () => {
    const bytes = printSenderReport(report, 'house');
    for (let length = 1; length < bytes.length; length++)
      if (length !== 52) expect(parseRtcp(bytes.subarray(0, length)), String(length)).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (noise) => void parseRtcp(Buffer.from(noise))));
  });
});

describe('reception statistics', () => {
  const frames = (statistics: ReceptionStatistics, sequences: readonly number[]): void =>
    sequences.forEach((sequence, at) => statistics.receive(sequence & 0xffff, at * 160, at * 20));

  it('counts what is missing, across the wrap', () => {
    const statistics = new ReceptionStatistics();
    frames(statistics, [65_533, 65_534, 65_536, 65_537, 65_539]);
    expect(statistics.packetsReceived).toBe(5);
    expect(statistics.packetsLost).toBe(2);
    expect(statistics.extendedHighest).toBe(65_539);
  });

  it('takes a late packet for what it is', () => {
    const statistics = new ReceptionStatistics();
    frames(statistics, [10, 12, 11, 13]);
    expect(statistics.packetsLost).toBe(0);
  });

  it('does not believe one stray packet, but believes two in sequence', () => {
    const statistics = new ReceptionStatistics();
    frames(statistics, [10, 11]);
    expect(statistics.receive(30_000, 320, 40)).toBe(false);
    expect(statistics.receive(12, 320, 40)).toBe(true);
    expect(statistics.receive(40_000, 480, 60)).toBe(false);
    expect(statistics.receive(40_001, 640, 80)).toBe(true);
    expect(statistics.packetsLost).toBe(0);
  });

  it('measures jitter as RFC 3550 A.8 does', () => {
    const steady = new ReceptionStatistics();
    frames(steady, [1, 2, 3, 4, 5, 6]);
    expect(steady.jitterMilliseconds).toBe(0);
    const shaky = new ReceptionStatistics();
    for (let at = 0; at < 500; at++) shaky.receive(at, at * 160, at * 20 + (at % 2) * 10);
    expect(shaky.jitterMilliseconds).toBeCloseTo(10, 1);
  });
});

it('measures the way around the circle', () => {
  expect(sequenceDistance(65_535, 0)).toBe(1);
  expect(sequenceDistance(0, 65_535)).toBe(-1);
  expect(sequenceDistance(5, 5)).toBe(0);
});
