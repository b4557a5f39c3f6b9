import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { silentLogger, systemClock, systemRandom, systemTimers } from '@amtsleitung/base';
import { afterEach, describe, expect, it } from 'vitest';
import { TcpTransport, UdpTransport, UserAgent, headerValue, sdpBody, sipRequest } from '../index.ts';
import type { Destination, ServerSession, Source } from '../index.ts';
import { closeAll, closeLater, started } from '../testing/transport-bench.ts';
import { responseFallback } from './response-destination.ts';

afterEach(closeAll);
const address = '127.0.0.1';

/** A peer that listens on a port of its own, and says what reached it. */
async function peer(): Promise<{ port: number; next: () => Promise<string> }> {
  const arrived: string[] = [];
  let wake = () => {};
  const server = createServer((socket) => {
    closeLater(() => socket.destroy());
    socket.on('error', () => {});
    socket.on('data', (data) => {
      arrived.push(data.toString('latin1'));
      wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  closeLater(() => server.close());
  const next = async () => {
    while (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return arrived.shift()!;
  };
  return { port: (server.address() as AddressInfo).port, next };
}

async function house() {
  const transport = new TcpTransport({ address, port: 0 });
  const invited = Promise.withResolvers<ServerSession>();
  const agent = new UserAgent({
    transports: [transport],
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    logger: silentLogger,
    handlers: {
      onInvite: (session) => {
        session.provisional(180);
        invited.resolve(session);
      },
    },
  });
  await agent.start();
  closeLater(() => agent.close());
  return { transport, invited: invited.promise };
}

const invite = (sentBy: string) =>
  `INVITE sip:115@town.example SIP/2.0\r\nVia: SIP/2.0/TCP ${sentBy};branch=z9hG4bKa\r\nMax-Forwards: 70\r\n` +
  `From: <sip:a@b.test>;tag=1\r\nTo: <sip:115@town.example>\r\nCall-ID: lost\r\nCSeq: 1 INVITE\r\n` +
  `Contact: <sip:a@${sentBy}>\r\nContent-Type: application/sdp\r\nContent-Length: 3\r\n\r\nv=0`;

function dial(port: number): Promise<Socket> {
  const socket = connect({ host: address, port });
  socket.on('error', () => {});
  closeLater(() => socket.destroy());
  return new Promise((resolve) => socket.once('connect', () => resolve(socket)));
}

async function ringing(sentBy: (own: number) => string) {
  const [{ transport, invited }, caller] = [await house(), await peer()];
  const socket = await dial(transport.port);
  const rings = new Promise<void>((resolve) =>
    socket.on('data', (data) => data.toString().includes('180 Ringing') && resolve()),
  );
  socket.write(invite(sentBy(caller.port)));
  const session = await invited;
  await rings;
  return { session, socket, caller };
}

describe('when the connection of a request is gone', () => {
  it('RFC 3261 §18.2.2: its response goes to the port in sent-by, over a new one', async () => {
    const { session, socket, caller } = await ringing((port) => `${address}:${port}`);
    socket.destroy();
    expect(await caller.next()).toContain('SIP/2.0 180 Ringing');
    session.accept(sdpBody('v=0'));
    expect(await caller.next()).toContain('SIP/2.0 200 OK');
  });

  it('RFC 3261 §18.2.2: and the call ends at once when nobody listens there', async () => {
    const { session, socket } = await ringing(() => `${address}:1`);
    const ended = new Promise((resolve) => session.handle({ ended: resolve }));
    socket.destroy();
    expect(await ended).toMatchObject({ by: 'network' });
  });

  it.each([
    ['TCP 192.0.2.7:5070', 'tcp', { transport: 'tcp', address: '192.0.2.7', port: 5070 }],
    ['TCP 192.0.2.7', 'tcp', { transport: 'tcp', address: '192.0.2.7', port: 5060 }],
    ['TLS sbc.example', 'tls', { transport: 'tls', address: '192.0.2.7', port: 5061, serverName: 'sbc.example' }],
    ['TCP 10.0.0.5:5060', 'tcp', undefined],
    ['WS x.invalid', 'ws', undefined],
    ['UDP 192.0.2.7', 'udp', undefined],
  ] as const)('RFC 3261 §18.2.2: %s over %s leads to %j', (sentBy, transport, expected) => {
    const source: Source = { transport, address: '192.0.2.7', port: 40_000, secure: false };
    const request = sipRequest('OPTIONS', 'sip:x', [{ name: 'Via', value: `SIP/2.0/${sentBy};branch=z9hG4bKx` }]);
    expect(responseFallback(request, source)).toEqual(expected);
  });
});

describe('requests above 1300 bytes', () => {
  async function client() {
    const [udp, tcp] = [new UdpTransport({ address, port: 0 }), new TcpTransport({ address, port: 0 })];
    const agent = new UserAgent({
      transports: [udp, tcp],
      clock: systemClock,
      timers: systemTimers,
      random: systemRandom,
      logger: silentLogger,
      handlers: {},
    });
    await agent.start();
    closeLater(() => agent.close());
    return agent;
  }
  const large = (destination: Destination) => ({
    method: 'OPTIONS',
    requestUri: 'sip:x@town.example',
    from: '<sip:a@b.test>',
    to: '<sip:x@town.example>',
    headers: [{ name: 'Subject', value: 'x'.repeat(1_400) }],
    destination,
  });

  it('RFC 3261 §18.1.1: fall back to UDP when TCP is refused', async () => {
    const server = await started(new UdpTransport({ address, port: 0 }));
    const agent = await client();
    void agent.request(large({ transport: 'udp', address, port: server.transport.port, alsoTcp: true }));
    await server.inbox.until(() => server.inbox.messages.length === 1);
    expect(headerValue(server.inbox.messages[0]!.message, 'Via')).toContain('SIP/2.0/UDP');
  });

  it('RFC 3261 §18.1.1: leave over TCP where the destination is said to take it, and only there', async () => {
    const udp = await started(new UdpTransport({ address, port: 0 }));
    const tcp = await started(new TcpTransport({ address, port: udp.transport.port }));
    const agent = await client();
    const there: Destination = { transport: 'udp', address, port: udp.transport.port };
    void agent.request(large({ ...there, alsoTcp: true }));
    await tcp.inbox.until(() => tcp.inbox.messages.length === 1);
    expect(headerValue(tcp.inbox.messages[0]!.message, 'Via')).toContain('SIP/2.0/TCP');
    expect(udp.inbox.messages).toHaveLength(0);
    void agent.request(large(there));
    await udp.inbox.until(() => udp.inbox.messages.length === 1);
  });
});
