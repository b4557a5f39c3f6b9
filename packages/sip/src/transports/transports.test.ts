import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { VirtualClock } from '@amtsleitung/base/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TcpTransport, UdpTransport, WebSocketTransport, createResponse, headerValue } from '../index.ts';
import type { Destination, SipRequest } from '../index.ts';
import { Inbox, closeAll, closeLater, optionsRequest, optionsText, started } from '../testing/transport-bench.ts';

const address = '127.0.0.1';

afterEach(closeAll);

describe('UdpTransport', () => {
  it('RFC 3581 §4, RFC 3261 §18.2.1: carries messages both ways, writes received and rport into the Via', async () => {
    const server = await started(new UdpTransport({ address, port: 0 }));
    const client = await started(new UdpTransport({ address, port: 0 }));
    await client.transport.send(optionsRequest('one', 'UDP'), {
      transport: 'udp',
      address,
      port: server.transport.port,
    });
    await server.inbox.until(() => server.inbox.messages.length === 1);
    const { message, source } = server.inbox.messages[0]!;
    expect(source).toEqual({ transport: 'udp', address, port: client.transport.port, secure: false });
    expect(headerValue(message, 'Via')).toBe(
      `SIP/2.0/UDP client.invalid;rport=${client.transport.port};branch=z9hG4bKone;received=127.0.0.1`,
    );
    await server.transport.send(createResponse(message as SipRequest, 200), source);
    await client.inbox.until(() => client.inbox.messages.length === 1);
  });

  it('rejects when the port is taken', async () => {
    const { transport } = await started(new UdpTransport({ address, port: 0 }));
    await expect(new UdpTransport({ address, port: transport.port }).start(new Inbox().handlers)).rejects.toThrow(
      'EADDRINUSE',
    );
  });

  it('shows the address that reaches us', async () => {
    const all = await started(new UdpTransport({ address: '0.0.0.0', port: 0, publicAddress: '203.0.113.5' }));
    const towards = (peer: string) => all.transport.localAddress({ transport: 'udp', address: peer, port: 5060 }).host;
    expect([towards('127.0.0.1'), towards('198.51.100.9')]).toEqual(['127.0.0.1', '203.0.113.5']);
  });
});

describe('TcpTransport', () => {
  it('RFC 3261 §18.1.1, RFC 3261 §18.2.2: reuses the connection it opened, answers over the one a request came by', async () => {
    const server = await started(new TcpTransport({ address, port: 0 }));
    const client = await started(new TcpTransport({ address, port: 0 }));
    const there: Destination = { transport: 'tcp', address, port: server.transport.port };
    await client.transport.send(optionsRequest('one', 'TCP', 5_000), there);
    await client.transport.send(optionsRequest('two', 'TCP'), there);
    await server.inbox.until(() => server.inbox.messages.length === 2);
    const [first, second] = server.inbox.messages;
    expect(first!.source.flowId).toBe(second!.source.flowId);
    await server.transport.send(createResponse(first!.message as SipRequest, 200), first!.source);
    await client.inbox.until(() => client.inbox.messages.length === 1);
    expect(client.inbox.messages[0]!.message).toMatchObject({ status: 200 });
  });

  it('rejects to a peer that does not listen, and over a connection that is gone', async () => {
    const gone = await started(new TcpTransport({ address, port: 0 }));
    const { port } = gone.transport;
    await gone.transport.close();
    const { transport } = await started(new TcpTransport({ address, port: 0 }));
    await expect(transport.send(optionsRequest('x', 'TCP'), { transport: 'tcp', address, port })).rejects.toThrow();
    await expect(
      transport.send(optionsRequest('x', 'TCP'), { transport: 'tcp', address, port, flowId: 'tcp-gone' }),
    ).rejects.toThrow('gone');
  });

  it('RFC 5626 §5.4, RFC 3261 §18.3: answers CRLFCRLF with CRLF, reads split and pipelined messages once', async () => {
    const server = await started(new TcpTransport({ address, port: 0 }));
    const socket = await dial(server.transport.port);
    const pong = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    socket.write('\r\n\r\n');
    expect(await pong).toBe('\r\n');
    const stream = optionsText('a') + optionsText('b') + optionsText('c');
    socket.write(stream.slice(0, 70));
    socket.write(stream.slice(70, 300));
    socket.write(stream.slice(300));
    await server.inbox.until(() => server.inbox.messages.length === 3);
    expect(server.inbox.callIds).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['a connection that never says anything', ''],
    ['half a message', optionsText('half').slice(0, 60)],
  ])('closes %s after 10 s, and keeps one that has spoken', async (_what, start) => {
    const clock = new VirtualClock();
    const server = await started(new TcpTransport({ address, port: 0, timers: clock }));
    const good = await dial(server.transport.port);
    good.write(optionsText('good'));
    await server.inbox.until(() => server.inbox.messages.length === 1);
    const slow = await dial(server.transport.port);
    slow.write(`\r\n\r\n${start}`);
    await new Promise((resolve) => slow.once('data', resolve));
    const closed = new Promise((resolve) => slow.once('close', resolve));
    clock.advance(10_001);
    await closed;
    expect(good.destroyed).toBe(false);
    await server.inbox.until(() => server.inbox.closed.length === 1);
  });

  it('closes what cannot be framed, or sends nothing but faults', async () => {
    const server = await started(new TcpTransport({ address, port: 0, limits: { faults: 3 } }));
    const endless = await dial(server.transport.port);
    const endlessClosed = new Promise((resolve) => endless.once('close', resolve));
    endless.write(`OPTIONS sip:a SIP/2.0\r\nX: ${'a'.repeat(200_000)}`);
    const faulty = await dial(server.transport.port);
    const faultyClosed = new Promise((resolve) => faulty.once('close', resolve));
    faulty.write('nonsense\r\nl: 0\r\n\r\n'.repeat(3));
    await Promise.all([endlessClosed, faultyClosed]);
    expect(server.inbox.messages).toHaveLength(0);
  });

  it('refuses connections beyond the limits per address', async () => {
    const server = await started(new TcpTransport({ address, port: 0, limits: { perAddress: 2 } }));
    await dial(server.transport.port);
    await dial(server.transport.port);
    const third = await dial(server.transport.port);
    await new Promise((resolve) => third.once('close', resolve));
    expect(third.destroyed).toBe(true);
  });

  it('cuts off a peer that does not read', async () => {
    const server = await started(new TcpTransport({ address, port: 0, limits: { unsentBytes: 200_000 } }));
    const socket = await dial(server.transport.port);
    socket.pause();
    socket.write(optionsText('deaf'));
    await server.inbox.until(() => server.inbox.messages.length === 1);
    const { source } = server.inbox.messages[0]!;
    await expect(
      Promise.all(Array.from({ length: 400 }, () => server.transport.send(optionsRequest('f', 'TCP', 60_000), source))),
    ).rejects.toThrow();
    await server.inbox.until(() => server.inbox.closed.length === 1);
  });
});

function dial(port: number): Promise<Socket> {
  const socket = connect({ host: address, port });
  socket.on('error', () => {});
  closeLater(() => socket.destroy());
  return new Promise((resolve) => socket.once('connect', () => resolve(socket)));
}

describe('WebSocketTransport', () => {
  async function house(clock?: VirtualClock) {
    const { transport, inbox } = await started(
      new WebSocketTransport({ host: 'localhost', port: 8080, ...(clock ? { timers: clock } : {}) }),
    );
    const server: Server = createServer();
    server.on('upgrade', (request, socket, head) => transport.handleUpgrade(request, socket, head));
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    closeLater(() => server.close());
    const url = `ws://${address}:${(server.address() as AddressInfo).port}/sip`;
    return { transport, inbox, url };
  }

  function browser(url: string, protocols: string[] = ['sip']): Promise<WebSocket> {
    const webSocket = new WebSocket(url, protocols);
    closeLater(() => webSocket.terminate());
    return new Promise((resolve, reject) => {
      webSocket.once('open', () => resolve(webSocket));
      webSocket.once('error', reject);
    });
  }

  it('RFC 7118 §5: one message per WebSocket message, answers over the same connection', async () => {
    const { transport, inbox, url } = await house();
    const socket = await browser(url);
    expect(socket.protocol).toBe('sip');
    const reply = new Promise<string>((resolve) =>
      socket.once('message', (data, isBinary) => resolve(`${isBinary} ${String(data)}`)),
    );
    socket.send(optionsText('ws'));
    await inbox.until(() => inbox.messages.length === 1);
    const { message, source } = inbox.messages[0]!;
    expect(source).toMatchObject({ transport: 'ws', address, secure: false });
    expect(transport.viaName(source)).toBe('WS');
    await transport.send(createResponse(message as SipRequest, 200), source);
    expect(await reply).toMatch(/^false SIP\/2\.0 200 OK/);
    socket.close();
    await inbox.until(() => inbox.closed.length === 1);
    expect(inbox.closed).toEqual([source.flowId]);
    await expect(transport.send(message, source)).rejects.toThrow('gone');
  });

  it('RFC 7118 §4.2: takes text and binary frames, and answers in binary what is no UTF-8', async () => {
    const { transport, inbox, url } = await house();
    const socket = await browser(url);
    const replies: boolean[] = [];
    const both = new Promise<void>((resolve) =>
      socket.on('message', (_data, isBinary) => replies.push(isBinary) === 2 && resolve()),
    );
    socket.send(optionsText('ws'));
    socket.send(Buffer.from(optionsText('ws')));
    await inbox.until(() => inbox.messages.length === 2);
    const { message, source } = inbox.messages[1]!;
    for (const body of [Buffer.from('ü'), Uint8Array.of(0xff)]) {
      await transport.send(createResponse(message as SipRequest, 200, { body }), source);
    }
    await both;
    expect(replies).toEqual([false, true]);
  });

  it('cuts off a browser that does not read', async () => {
    const { transport, inbox, url } = await house();
    const socket = await browser(url);
    socket.send(optionsText('deaf'));
    await inbox.until(() => inbox.messages.length === 1);
    const { source } = inbox.messages[0]!;
    socket.pause();
    const flood = Array.from({ length: 400 }, () => transport.send(optionsRequest('f', 'WS', 60_000), source));
    await expect(Promise.all(flood)).rejects.toThrow();
    await inbox.until(() => inbox.closed.length === 1);
    await Promise.allSettled(flood);
  });

  it('RFC 7118 §4.1: other subprotocols than sip are refused with 400', async () => {
    const { url } = await house();
    await expect(browser(url, ['chat'])).rejects.toThrow('400');
  });

  it('can be cut by its owner', async () => {
    const { transport, inbox, url } = await house();
    const socket = await browser(url);
    socket.send(optionsText('logout'));
    await inbox.until(() => inbox.messages.length === 1);
    transport.closeFlow(inbox.messages[0]!.source.flowId!);
    await new Promise((resolve) => socket.once('close', resolve));
  });

  it('closes a browser that answers no ping, and one that never speaks', async () => {
    const clock = new VirtualClock();
    const { inbox, url } = await house(clock);
    const silent = await browser(url);
    const silentClosed = new Promise((resolve) => silent.once('close', resolve));
    const frozen = new WebSocket(url, ['sip'], { autoPong: false });
    closeLater(() => frozen.terminate());
    await new Promise((resolve) => frozen.once('open', resolve));
    frozen.send(optionsText('frozen'));
    await inbox.until(() => inbox.messages.length === 1);
    clock.advance(10_001);
    await silentClosed;
    const closed = new Promise((resolve) => frozen.once('close', resolve));
    clock.advance(30_000);
    await closed;
  });

  it('closes one that sends too large or too many unreadable messages', async () => {
    const { url } = await house();
    const [large, noisy] = [await browser(url), await browser(url)];
    const closed = [large, noisy].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    large.on('error', () => {});
    large.send('x'.repeat(70_000));
    for (let count = 0; count < 20; count++) noisy.send('noise');
    await Promise.all(closed);
  });
});
