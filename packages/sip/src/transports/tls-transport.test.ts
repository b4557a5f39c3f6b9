import { connect as connectPlain } from 'node:net';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TlsTransport, createResponse } from '../index.ts';
import type { Destination, SipRequest, TlsCertificate, TlsTransportOptions } from '../index.ts';
import { TestAuthority } from '../testing/test-authority.ts';
import { closeAll, closeLater, optionsRequest, optionsText, started } from '../testing/transport-bench.ts';

let authority: TestAuthority;
let certificate: TlsCertificate;
beforeAll(async () => {
  authority = await TestAuthority.create();
  certificate = await authority.issue([
    { type: 'dns', value: 'sip.provider.example' },
    { type: 'ip', value: '127.0.0.1' },
    { type: 'url', value: 'sip:provider.example' },
    { type: 'url', value: 'sip:alice@people.example' },
  ]);
});
afterEach(closeAll);

const address = '127.0.0.1';
const server = (options: Partial<TlsTransportOptions> = {}) =>
  started(new TlsTransport({ address, port: 0, certificate, ...options }));
const client = (options: Partial<TlsTransportOptions> = {}) =>
  started(new TlsTransport({ address, port: 5061, trusted: [authority.certificate], ...options }));

function dial(port: number, options: object = {}): Promise<TLSSocket> {
  const socket = connect({ host: address, port, rejectUnauthorized: false, ...options });
  closeLater(() => socket.destroy());
  return new Promise((resolve, reject) => {
    socket.once('secureConnect', () => resolve(socket));
    socket.once('error', reject);
  });
}

describe('TlsTransport as a server', () => {
  it('RFC 3261 §26.3.1: speaks TLS 1.2 and 1.3 with forward secrecy, and nothing older', async () => {
    const { transport } = await server();
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket = await dial(transport.port, { minVersion: version, maxVersion: version });
      expect(socket.getProtocol()).toBe(version);
      expect(socket.getCipher().standardName).toMatch(/^TLS_(ECDHE|AES).*GCM/);
    }
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    await expect(dial(transport.port, old)).rejects.toThrow();
    const keyExchangeByRsa = { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' };
    await expect(dial(transport.port, keyExchangeByRsa)).rejects.toThrow();
  });

  it('renews its certificate without a restart, and keeps the connections that stand', async () => {
    const { transport, inbox } = await server();
    const standing = await dial(transport.port);
    const before = standing.getPeerCertificate().fingerprint256;
    transport.setCertificate(await authority.issue([{ type: 'dns', value: 'sip.provider.example' }]));
    expect((await dial(transport.port)).getPeerCertificate().fingerprint256).not.toBe(before);
    standing.write(optionsText('kept'));
    await inbox.until(() => inbox.messages.length === 1);
    expect(inbox.messages[0]!.source).toMatchObject({ transport: 'tls', address, secure: true });
  });

  it('keeps the old certificate when the new one is useless', async () => {
    const { transport } = await server();
    expect(() => transport.setCertificate({ certificate: 'none', key: certificate.key })).toThrow();
    await dial(transport.port);
  });

  it('closes handshakes that do not get on, and counts them among the connections', async () => {
    const { transport } = await server({ limits: { halfOpenMilliseconds: 300, perAddress: 2 } });
    const silent = [connectPlain(transport.port, address), connectPlain(transport.port, address)];
    const closed = silent.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of silent) socket.on('error', () => {}).resume();
    await Promise.all(silent.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    await expect(dial(transport.port)).rejects.toThrow();
    await Promise.all(closed);
    await dial(transport.port);
  });

  it('survives what is no TLS', async () => {
    const { transport, inbox } = await server();
    const plain = connectPlain(transport.port, address);
    const closed = new Promise((resolve) => plain.once('close', resolve));
    plain.on('error', () => {}).resume();
    plain.write(optionsText('plain'));
    await closed;
    await dial(transport.port);
    expect(inbox.messages).toHaveLength(0);
  });
});

describe('TlsTransport as a client', () => {
  const there = (port: number, serverName?: string): Destination => ({
    transport: 'tls',
    address,
    port,
    ...(serverName === undefined ? {} : { serverName }),
  });

  it.each(['sip.provider.example', 'provider.example', 'Provider.EXAMPLE', undefined])(
    'RFC 5922 §7.1: sends to a server that proves %s',
    async (serverName) => {
      const house = await server();
      const { transport, inbox } = await client();
      await transport.send(optionsRequest('one', 'TLS'), there(house.transport.port, serverName));
      await house.inbox.until(() => house.inbox.messages.length === 1);
      const { message, source } = house.inbox.messages[0]!;
      await house.transport.send(createResponse(message as SipRequest, 200), source);
      await inbox.until(() => inbox.messages.length === 1);
    },
  );

  it.each(['other.example', 'people.example', 'sip.provider.example.evil.example'])(
    'RFC 5922 §7.3: not one octet goes to a server that does not prove %s',
    async (serverName) => {
      const house = await server();
      const { transport, inbox } = await client();
      const sent = transport.send(optionsRequest('one', 'TLS'), there(house.transport.port, serverName));
      await expect(sent).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
      await inbox.until(() => inbox.closed.length === 1);
      expect(house.inbox.messages).toHaveLength(0);
    },
  );

  it('RFC 5922 §7.3: nor to one nobody vouches for, nor to one whose time is over', async () => {
    const { transport } = await client({ trusted: [] });
    const house = await server();
    await expect(transport.send(optionsRequest('x', 'TLS'), there(house.transport.port))).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
    const over = await authority.issue([{ type: 'ip', value: address }], 0);
    const late = await server({ certificate: over });
    const trusting = await client();
    await expect(trusting.transport.send(optionsRequest('x', 'TLS'), there(late.transport.port))).rejects.toMatchObject(
      {
        code: 'CERT_HAS_EXPIRED',
      },
    );
    expect([...house.inbox.messages, ...late.inbox.messages]).toEqual([]);
  });

  it('uses a connection again for the name it was proven for, and no other', async () => {
    const house = await server();
    const { transport } = await client();
    const { port } = house.transport;
    await transport.send(optionsRequest('1', 'TLS'), there(port, 'provider.example'));
    await transport.send(optionsRequest('2', 'TLS'), there(port, 'provider.example'));
    await transport.send(optionsRequest('3', 'TLS'), there(port, 'sip.provider.example'));
    await house.inbox.until(() => house.inbox.messages.length === 3);
    expect(new Set(house.inbox.messages.map(({ source }) => source.flowId)).size).toBe(2);
    await expect(transport.send(optionsRequest('4', 'TLS'), there(port, 'other.example'))).rejects.toThrow();
  });

  it('gives up on a server that never finishes its handshake', async () => {
    const { createServer } = await import('node:net');
    const mute = createServer((socket) => socket.on('error', () => {}).resume());
    await new Promise<void>((resolve) => mute.listen(0, address, resolve));
    closeLater(() => mute.close());
    const { port } = mute.address() as { port: number };
    const { transport } = await client({ limits: { connectMilliseconds: 100 } });
    await expect(transport.send(optionsRequest('x', 'TLS'), there(port))).rejects.toThrow();
  });

  it('listens on nothing without a certificate', async () => {
    const { transport } = await client();
    expect(transport.port).toBe(5061);
    await expect(dial(5061)).rejects.toThrow('ECONNREFUSED');
  });
});
