import { describe, expect, it } from 'vitest';
import { SourceLock, type MediaSource } from './source-lock.ts';

const negotiated = { address: '198.51.100.5', port: 4000 };

class Peer {
  #sequence = 65_530;
  readonly source: MediaSource;
  readonly ssrc: number;
  constructor(source: MediaSource, ssrc = 1, sequence = 65_530) {
    this.source = source;
    this.ssrc = ssrc;
    this.#sequence = sequence;
  }
  /** How many of `count` packets are admitted. */
  send(lock: SourceLock, count = 1): number {
    let admitted = 0;
    for (let at = 0; at < count; at++) {
      this.#sequence = (this.#sequence + 1) & 0xffff;
      if (lock.admit(this.source.address, this.source.port, this.ssrc, this.#sequence)) admitted++;
    }
    return admitted;
  }
}

describe('the source of a plain leg', () => {
  it('is spoken to at once where it said it would be', () => {
    expect(new SourceLock(negotiated).target).toEqual(negotiated);
  });

  it('gets five seconds of packets, no more, while it has never sent one itself', () => {
    const lock = new SourceLock(negotiated);
    const taken = (count: number) => Array.from({ length: count }, () => lock.takeTarget()).filter(Boolean).length;
    expect(taken(1_000)).toBe(250);
    new Peer({ address: '203.0.113.9', port: 9 }).send(lock, 5);
    expect(taken(10)).toBe(0);
    new Peer(negotiated).send(lock);
    expect(taken(1_000)).toBe(1_000);
    lock.renegotiate({ address: '203.0.113.77', port: 4000 });
    expect(taken(1_000)).toBe(250);
    lock.renegotiate({ address: '203.0.113.78', port: 4000 });
    expect(taken(1_000)).toBe(0);
  });

  it.each([
    ['a provider', { isProvider: true }],
    ['a phone at the address it signals from', { signallingAddress: negotiated.address }],
  ])('may listen without a word when it is %s', (_who, farSide) => {
    const lock = new SourceLock(negotiated, farSide);
    for (let packet = 0; packet < 1000; packet++) expect(lock.takeTarget()).toEqual(negotiated);
  });

  it('is the negotiated address from the first packet', () => {
    const lock = new SourceLock(negotiated);
    expect(new Peer(negotiated).send(lock, 3)).toBe(3);
    for (const stranger of [
      { ...negotiated, port: 5000 },
      { address: '203.0.113.9', port: 4000 },
    ])
      expect(new Peer(stranger, 9, 100).send(lock, 100)).toBe(0);
    expect(lock.target).toMatchObject(negotiated);
  });

  it('may be another port of the same host, after four packets in sequence', () => {
    const lock = new SourceLock(negotiated);
    const moved = { ...negotiated, port: 4711 };
    expect(new Peer(moved).send(lock, 10)).toBe(7);
    expect(lock.target).toMatchObject(moved);
  });

  it('is never another host when the description names a public address', () => {
    const lock = new SourceLock(negotiated);
    expect(new Peer({ address: '203.0.113.9', port: 4000 }).send(lock, 100)).toBe(0);
    expect(lock.target).toEqual(negotiated);
  });

  it('is the router of a phone with a private address; only the one its signalling comes from, when known', () => {
    const home = { address: '192.168.1.20', port: 4000 };
    const router = { address: '203.0.113.9', port: 61_000 };
    expect(new Peer(router).send(new SourceLock(home), 10)).toBe(7);
    expect(new Peer(router).send(new SourceLock(home, { signallingAddress: '203.0.113.9' }), 10)).toBe(7);
    expect(new Peer(router).send(new SourceLock(home, { signallingAddress: '203.0.113.10' }), 10)).toBe(0);
  });

  it('goes back to the negotiated address as soon as that speaks', () => {
    const lock = new SourceLock(negotiated);
    new Peer({ ...negotiated, port: 4711 }, 5, 0).send(lock, 10);
    expect(new Peer(negotiated).send(lock, 1)).toBe(1);
    expect(lock.target).toMatchObject(negotiated);
    expect(new Peer({ ...negotiated, port: 4711 }, 5, 10).send(lock, 10)).toBe(0);
  });

  it('may move to another port only by going on with its own stream', () => {
    const lock = new SourceLock(negotiated);
    new Peer(negotiated, 1, 100).send(lock, 10);
    const elsewhere = { ...negotiated, port: 4900 };
    expect(new Peer(elsewhere, 2, 110).send(lock, 10)).toBe(0);
    expect(new Peer(elsewhere, 1, 40_000).send(lock, 10)).toBe(0);
    expect(new Peer({ address: '203.0.113.9', port: 4000 }, 1, 110).send(lock, 10)).toBe(0);
    expect(new Peer(elsewhere, 1, 110).send(lock, 10)).toBe(10);
    expect(lock.target).toMatchObject(elsewhere);
  });

  it('is looked for anew when the description changes, and only then', () => {
    const lock = new SourceLock(negotiated);
    const moved = { ...negotiated, port: 4711 };
    new Peer(moved).send(lock, 10);
    lock.renegotiate({ ...negotiated });
    expect(lock.target).toMatchObject(moved);
    const next = { address: '198.51.100.6', port: 7000 };
    lock.renegotiate(next);
    expect(lock.target).toEqual(next);
  });
});
