import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { VirtualClock, seededRandom } from '@amtsleitung/base/testing';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionCount, TcpTransport, connectionLimits, headerValue } from '../index.ts';
import type { Destination, TcpTransportOptions } from '../index.ts';
import { closeAll, closeLater, optionsRequest, optionsText, started } from '../testing/transport-bench.ts';

afterEach(closeAll);

const address = '127.0.0.1';
const house = (options: Partial<TcpTransportOptions> = {}) =>
  started(new TcpTransport({ address, port: 0, ...options }));

function dial(port: number, host = address): Promise<Socket> {
  const socket = connect({ host, port });
  socket.on('error', () => {});
  closeLater(() => socket.destroy());
  return new Promise((resolve) => socket.once('connect', () => resolve(socket)));
}

const closeOf = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));

/** A server that notes what it gets, and what to do with it. */
async function provider(take: (socket: Socket, text: string) => void): Promise<Destination> {
  const server = createServer((socket) => {
    closeLater(() => socket.destroy());
    socket.on('error', () => {});
    socket.on('data', (data) => take(socket, data.toString('latin1')));
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  closeLater(() => server.close());
  return { transport: 'tcp', address, port: (server.address() as AddressInfo).port };
}

describe('a connection we opened', () => {
  /** Resolves with the milliseconds after which the ping came, in steps of 1 s. */
  async function untilPing(clock: VirtualClock, isThere: () => boolean, until = 121_000): Promise<number> {
    const start = clock.monotonic();
    while (!isThere() && clock.monotonic() - start < until) {
      clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return clock.monotonic() - start;
  }

  async function flow(answers: (count: number) => boolean) {
    const clock = new VirtualClock();
    let pings = 0;
    let wake = () => {};
    const there = await provider((socket, text) => {
      if (text !== '\r\n\r\n') return;
      pings++;
      // The message behind it tells when the pong has arrived.
      if (answers(pings)) socket.write(`\r\n${optionsText(`behind-${pings}`)}`);
      wake();
    });
    const { transport, inbox } = await house({ timers: clock, random: seededRandom(5) });
    await transport.send(optionsRequest('one', 'TCP'), there);
    const nextPing = async () => {
      const before = pings;
      const came = new Promise<void>((resolve) => (wake = resolve));
      const waited = await untilPing(clock, () => pings > before);
      if (pings === before) await came;
      return waited;
    };
    return { clock, inbox, nextPing };
  }

  it('RFC 5626 §4.4.1: sends CRLFCRLF every 95 to 120 s', async () => {
    const { inbox, nextPing } = await flow(() => true);
    for (let count = 1; count <= 3; count++) {
      const waited = await nextPing();
      await inbox.until(() => inbox.messages.length === count);
      expect(waited).toBeGreaterThanOrEqual(95_000);
      expect(waited).toBeLessThanOrEqual(122_000);
    }
  });

  it('RFC 5626 §4.4.1: is closed when a pong stays away for 10 s', async () => {
    const { clock, inbox, nextPing } = await flow((count) => count === 1);
    await nextPing();
    await inbox.until(() => inbox.messages.length === 1);
    await nextPing();
    expect(inbox.closed).toEqual([]);
    clock.advance(10_001);
    await inbox.until(() => inbox.closed.length === 1);
  });

  it('stays when the server has never answered a ping', async () => {
    const { clock, inbox, nextPing } = await flow(() => false);
    await nextPing();
    clock.advance(60_000);
    await nextPing();
    expect(inbox.closed).toEqual([]);
  });
});

describe('limits', () => {
  it('300 half-sent messages are closed after 10 s, others are served meanwhile', async () => {
    const clock = new VirtualClock();
    const { transport, inbox } = await house({ timers: clock });
    const half = await Promise.all(Array.from({ length: 300 }, () => dial(transport.port)));
    for (const socket of half) socket.write(optionsText('half').slice(0, 80));
    const good = await dial(transport.port);
    good.write(optionsText('good'));
    await inbox.until(() => inbox.messages.length === 1);
    const closed = Promise.all(half.map(closeOf));
    clock.advance(10_001);
    await closed;
    good.write(optionsText('still'));
    await inbox.until(() => inbox.messages.length === 2);
    expect(inbox.callIds).toEqual(['good', 'still']);
  });

  it('a connection over which nothing comes any more is closed after an hour or two', async () => {
    const clock = new VirtualClock();
    const { transport, inbox } = await house({ timers: clock });
    const [silent, busy] = [await dial(transport.port), await dial(transport.port)];
    for (const socket of [silent, busy]) socket.write(optionsText('one'));
    await inbox.until(() => inbox.messages.length === 2);
    const closed = closeOf(silent);
    for (let hours = 0; hours < 3; hours++) {
      busy.write(optionsText('again'));
      await inbox.until(() => inbox.messages.length === 3 + hours);
      clock.advance(3_700_001);
    }
    await closed;
    expect(busy.destroyed).toBe(false);
  });

  it('leave room for somebody new, however many addresses take what they can', () => {
    const count = new ConnectionCount({ ...connectionLimits, total: 1_000, perAddress: 400 });
    const taken = Array.from({ length: 6 }, (_, index) => {
      let mine = 0;
      while (count.enter(`192.0.2.${index}`)) mine++;
      return mine;
    });
    expect(taken.slice(0, 3)).toEqual([400, 300, 150]);
    expect(count.enter('198.51.100.1')).toBe(true);
  });

  it('RFC 3261 §7.5: line breaks behind a message make no half-sent one', async () => {
    const clock = new VirtualClock();
    const { transport, inbox } = await house({ timers: clock });
    const socket = await dial(transport.port);
    socket.write(`${optionsText('one')}\r\n`);
    await inbox.until(() => inbox.messages.length === 1);
    clock.advance(60_000);
    socket.write(optionsText('two'));
    await inbox.until(() => inbox.messages.length === 2);
  });

  it('an endless header and a huge Content-Length are cut before 1 MB is held', async () => {
    const { transport, inbox } = await house();
    const head = optionsText('huge').replace('l: 0', 'l: 900000000');
    for (const text of [`OPTIONS sip:a SIP/2.0\r\nX: ${'a'.repeat(100_000)}`, head, 'x'.repeat(70_000)]) {
      const socket = await dial(transport.port);
      const closed = closeOf(socket);
      socket.write(text);
      await closed;
    }
    expect(inbox.messages).toHaveLength(0);
  });

  it('hold for all transports that share them, and for a whole IPv6 /64', async () => {
    const count = new ConnectionCount({ ...connectionLimits, total: 9, perAddress: 2 });
    expect(['2001:db8::1', '2001:db8::ffff:2', '2001:0db8:0:0:3::'].map((one) => count.enter(one))).toEqual([
      true,
      true,
      false,
    ]);
    expect(count.enter('2001:db8:0:1::1')).toBe(true);
    count.leave('2001:db8::9');
    expect(count.enter('2001:db8::5')).toBe(true);
    const [one, other] = [await house({ connections: count }), await house({ connections: count })];
    await dial(one.transport.port);
    await dial(other.transport.port);
    const third = await dial(one.transport.port);
    await closeOf(third);
  });

  it('a body in single octets costs no more than in one piece', async () => {
    const { transport, inbox } = await house();
    const socket = await dial(transport.port);
    socket.write(optionsText('slow').replace('l: 0', 'l: 60000'));
    for (let count = 0; count < 60_000; count++) socket.write('x');
    await inbox.until(() => inbox.messages.length === 1);
    expect(inbox.messages[0]!.message.body).toHaveLength(60_000);
  });
});

it('RFC 3261 §18.3: whatever the chunks, each message arrives once and in order', async () => {
  const { transport, inbox } = await house();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 30 }), async (sizes) => {
      inbox.messages.length = 0;
      const socket = await dial(transport.port);
      socket.setNoDelay(true);
      const stream = ['a', 'b', 'c', 'd'].map((name) => `\r\n${optionsText(name)}`).join('');
      let at = 0;
      for (const size of sizes) {
        await new Promise((resolve) => socket.write(stream.slice(at, (at += size)), resolve));
      }
      socket.write(stream.slice(at));
      await inbox.until(() => inbox.messages.length === 4);
      expect(inbox.callIds).toEqual(['a', 'b', 'c', 'd']);
      socket.destroy();
    }),
    { numRuns: 40 },
  );
});

it('over IPv6: listens, connects, shows itself in brackets', async () => {
  const server = await started(new TcpTransport({ address: '::1', port: 0 }));
  const client = await started(new TcpTransport({ address: '::', port: 0 }));
  const there: Destination = { transport: 'tcp', address: '::1', port: server.transport.port };
  expect(client.transport.serves('::1')).toBe(true);
  expect(client.transport.localAddress(there).host).toBe('::1');
  await client.transport.send(optionsRequest('six', 'TCP'), there);
  await server.inbox.until(() => server.inbox.messages.length === 1);
  expect(headerValue(server.inbox.messages[0]!.message, 'Via')).toContain('received=::1');
});
