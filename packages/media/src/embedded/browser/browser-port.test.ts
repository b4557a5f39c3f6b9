import { createSocket, type Socket } from 'node:dgram';
import { systemClock, systemRandom, systemTimers } from '@amtsleitung/base';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bindingRequest } from '../../testing/index.ts';
import type { SecureTransport } from '../../sdp/secure-transport.ts';
import { BrowserPort } from './browser-port.ts';
import { BrowserTransport } from './browser-transport.ts';
import { createDtlsCertificate } from './dtls-certificate.ts';
import { isStun, parseStun } from './stun-message.ts';

const remote: SecureTransport = {
  ufrag: 'them',
  password: 'x'.repeat(24),
  fingerprints: [{ algorithm: 'sha-256', digest: 'AB:CD' }],
};

/** One UDP address of a browser, or of somebody else. */
class Side {
  readonly #socket: Socket;
  readonly #received: Buffer[] = [];
  readonly #house: string;
  #wake: (() => void) | undefined;

  constructor(house = '127.0.0.1') {
    this.#house = house;
    this.#socket = createSocket(house.includes(':') ? 'udp6' : 'udp4');
    this.#socket.on('message', (datagram) => {
      this.#received.push(datagram);
      this.#wake?.();
    });
  }

  send(port: number, datagram: Buffer): void {
    this.#socket.send(datagram, port, this.#house);
  }

  async next(): Promise<Buffer> {
    for (;;) {
      const datagram = this.#received.shift();
      if (datagram) return datagram;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  get received(): number {
    return this.#received.length;
  }

  close(): void {
    this.#socket.close();
  }
}

describe('the port of all browsers', () => {
  let port: BrowserPort;
  let sides: Side[];
  let legs: BrowserTransport[];

  const side = (house?: string): Side => {
    const opened = new Side(house);
    sides.push(opened);
    return opened;
  };

  const leg = async (): Promise<BrowserTransport> => {
    const transport = new BrowserTransport({
      port,
      certificate: await createDtlsCertificate(),
      clock: systemClock,
      timers: systemTimers,
      random: systemRandom,
      events: { onPacket: () => {}, onVerified: () => {}, onInsecure: () => {} },
    });
    legs.push(transport);
    return transport;
  };

  const check = ({ local }: BrowserTransport, useCandidate = false): Buffer =>
    bindingRequest({ local: local.ufrag, remote: 'them', password: local.password, useCandidate });

  beforeEach(async () => {
    sides = [];
    legs = [];
    port = await BrowserPort.open(['127.0.0.1', '::1'], 0, (error) => expect.unreachable(String(error)));
  });

  afterEach(() => {
    for (const transport of legs) transport.close();
    for (const opened of sides) opened.close();
    port.close();
  });

  it('answers genuine checks and starts the handshake there, and answers nobody else', async () => {
    const transport = await leg();
    const [browser, stranger] = [side(), side()];
    const forged = bindingRequest({ local: transport.local.ufrag, remote: 'them', password: 'guess' });
    for (const datagram of [
      forged,
      Buffer.from('hello'),
      Buffer.alloc(200, 22),
      Buffer.alloc(200, 0x80),
      Buffer.alloc(0),
    ])
      stranger.send(port.port, datagram);
    transport.setRemote(remote, 'offer');
    browser.send(port.port, check(transport, true));
    const [answer, hello] = [await browser.next(), await browser.next()];
    expect(parseStun(answer)?.type).toBe(0x0101);
    expect(hello[0]).toBe(22);
    expect(stranger.received).toBe(0);
    expect([transport.ready, transport.verified]).toEqual([false, false]);
  });

  it('serves browsers over IPv6 on the same port', async () => {
    const transport = await leg();
    const browser = side('::1');
    transport.setRemote(remote, 'offer');
    browser.send(port.port, check(transport, true));
    const [answer, hello] = [await browser.next(), await browser.next()];
    expect(parseStun(answer)?.type).toBe(0x0101);
    expect(hello[0]).toBe(22);
  });

  it('waits with the handshake for the far side’s fingerprint', async () => {
    const transport = await leg();
    const browser = side();
    browser.send(port.port, check(transport, true));
    expect(isStun(await browser.next())).toBe(true);
    browser.send(port.port, check(transport));
    expect(isStun(await browser.next())).toBe(true);
    transport.setRemote(remote, 'answer');
    expect((await browser.next())[0]).toBe(22);
  });

  it('refuses another certificate in the middle of a call', async () => {
    const transport = await leg();
    expect(transport.setRemote(remote, 'offer')).toBe(true);
    const other = { ...remote, fingerprints: [{ algorithm: 'sha-256' as const, digest: '12:34' }] };
    expect(transport.setRemote(other, 'offer')).toBe(false);
    expect(transport.setRemote({ ...remote, ufrag: 'they' }, 'offer')).toBe(true);
  });

  it('tells legs apart, also when one browser’s address is used for the next call', async () => {
    const [first, second] = [await leg(), await leg()];
    const browser = side();
    for (const transport of [first, second]) {
      transport.setRemote(remote, 'offer');
      browser.send(port.port, check(transport, true));
      expect(isStun(await browser.next())).toBe(true);
      expect((await browser.next())[0]).toBe(22);
    }
    first.close();
    browser.send(port.port, check(first, true));
    browser.send(port.port, check(second, true));
    expect(isStun(await browser.next())).toBe(true);
    expect(browser.received).toBe(0);
  });
});
