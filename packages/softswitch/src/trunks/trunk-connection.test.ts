import { silentLogger } from '@amtsleitung/base';
import { seededRandom, VirtualClock } from '@amtsleitung/base/testing';
import type { TownDirectory, Trunk } from '@amtsleitung/domain';
import { sipRequest, sipResponse, TlsTransport } from '@amtsleitung/sip';
import { TestAuthority } from '@amtsleitung/sip/testing';
import type { Destination, OutOfDialogOptions } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { registeringTrunk, TestDirectory } from '../testing/index.ts';
import { ConnectionFaults } from './connection-faults.ts';
import { contactUserOf } from './trunk-contact.ts';
import { TrunkLines } from './trunk-lines.ts';

const server: Destination = { transport: 'tls', address: '192.0.2.1', port: 5061 };
const trunk: Trunk = {
  ...registeringTrunk,
  transport: 'tls',
  settings: { ...registeringTrunk.settings, optionsSeconds: 0 },
};

/** A trunk registered over a connection. */
async function registered(town: Partial<TownDirectory> = { trunks: [trunk] }) {
  const clock = new VirtualClock();
  const directory = new TestDirectory();
  directory.replace(town);
  const asked: OutOfDialogOptions[] = [];
  const lines = new TrunkLines({
    clock,
    timers: clock,
    random: seededRandom(1),
    logger: silentLogger,
    directory,
    locator: { locate: () => Promise.resolve([server]), reportFailure: () => {}, reportSuccess: () => {} },
    request: (options) => {
      asked.push(options);
      const headers = [
        { name: 'To', value: '<sip:a@provider.example>;tag=1' },
        { name: 'Expires', value: '600' },
      ];
      return Promise.resolve(sipResponse(200, 'OK', headers));
    },
    callsOn: () => ({ incoming: 0, outgoing: 0 }),
  });
  lines.start();
  const run = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await new Promise(setImmediate);
  };
  await run(0);
  expect([lines.of('block')?.status, asked.length]).toEqual(['up', town.trunks?.length]);
  return { lines, asked, run };
}

describe('a registration over a connection', () => {
  it('RFC 5626 §4.5: is made anew at once when the connection is lost', async () => {
    const { lines, asked, run } = await registered();
    await run(60_000);
    lines.flowClosed(server);
    expect(lines.isUsable('block')).toBe(false);
    await run(0);
    expect([lines.of('block')?.status, asked.length]).toEqual(['up', 2]);
  });

  it('RFC 5626 §4.5: waits when it has only just been made', async () => {
    const { lines, asked, run } = await registered();
    lines.flowClosed(server);
    await run(29_000);
    expect([lines.of('block')?.status, asked.length]).toEqual(['down', 1]);
    await run(31_000);
    expect([lines.of('block')?.status, asked.length]).toEqual(['up', 2]);
  });

  it.each([
    { ...server, port: 40_000 },
    { ...server, address: '192.0.2.9' },
    { ...server, transport: 'tcp' as const },
  ])('does not care for other connections: %o', async (other) => {
    const { lines, asked, run } = await registered();
    await run(60_000);
    lines.flowClosed(other);
    await run(0);
    expect(asked).toHaveLength(1);
  });

  it('carries the calls of the provider, and a new connection from there only with our Contact', async () => {
    const { lines } = await registered();
    const contact = `sip:${contactUserOf(trunk)}@house`;
    const source = { ...server, secure: true, flowId: 'tls-1' };
    expect(lines.registeredAt(source, 'sip:+49621@house')?.id).toBe('block');
    expect(lines.registeredAt({ ...source, port: 40_000 }, 'sip:+49621@house')).toBeUndefined();
    expect(lines.registeredAt({ ...source, port: 40_000 }, contact)?.id).toBe('block');
    expect(lines.registeredAt({ ...source, address: '192.0.2.9' }, contact)).toBeUndefined();
  });
});

describe('two registrations at the same server', () => {
  it('a call that names no Contact belongs to the line whose head number was dialled', async () => {
    const head = { tenantId: 'town', areaCodeLength: 4 };
    const { lines } = await registered({
      trunks: [trunk, { ...trunk, id: 'second' }],
      headNumbers: [
        { ...head, id: 'h1', e164: '+49499921', trunkId: 'block' },
        { ...head, id: 'h2', e164: '+49620521', trunkId: 'second' },
      ],
    });
    const source = { ...server, secure: true, flowId: 'tls-1' };
    expect(lines.registeredAt(source, 'sip:+49620521120@house')?.id).toBe('second');
    expect(lines.registeredAt(source, 'sip:0620521120@house;user=phone')?.id).toBe('second');
    expect(lines.registeredAt(source, 'sip:+49499921120@house')?.id).toBe('block');
    expect(lines.registeredAt(source, 'sip:+4930123@house')?.id).toBe('block');
  });
});

describe('why there is no connection', () => {
  it.each([
    [{ code: 'ECONNREFUSED' }, 'connection-refused'],
    [{ code: 'ECONNRESET' }, 'connection-refused'],
    [{ code: 'EHOSTUNREACH' }, 'no-answer'],
    [new Error('no connection'), 'no-answer'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'certificate-not-trusted'],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'certificate-not-trusted'],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'certificate-not-trusted'],
    [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'certificate-not-trusted'],
  ] as const)('%o is told as %s', (error, kind) => {
    const faults = new ConnectionFaults();
    faults.note(server, error);
    expect(faults.of(server)).toBe(kind);
  });

  it('RFC 5922 §7.1: tells a foreign authority and a wrong name from a closed port, on real sockets', async () => {
    const authority = await TestAuthority.create();
    const certificate = await authority.issue([{ type: 'dns', value: 'sip.provider.example' }]);
    const handlers = { message: () => {}, unreadable: () => {}, flowClosed: () => {} };
    const provider = new TlsTransport({ address: '127.0.0.1', port: 0, certificate });
    const trusting = new TlsTransport({ address: '127.0.0.1', port: 0, trusted: [authority.certificate] });
    const strange = new TlsTransport({ address: '127.0.0.1', port: 0 });
    await Promise.all([provider, trusting, strange].map((transport) => transport.start(handlers)));
    const { port } = provider;
    const options = sipRequest('OPTIONS', 'sip:provider.example', [
      { name: 'Via', value: 'SIP/2.0/TLS house.example;branch=z9hG4bKa' },
    ]);
    const faultOf = async (transport: TlsTransport, serverName: string) => {
      const destination: Destination = { transport: 'tls', address: '127.0.0.1', port, serverName };
      const faults = new ConnectionFaults();
      await transport.send(options, destination).catch((error: unknown) => faults.note(destination, error));
      return faults.of(destination);
    };
    expect(await faultOf(strange, 'sip.provider.example')).toBe('certificate-not-trusted');
    expect(await faultOf(trusting, 'sip.other.example')).toBe('certificate-not-trusted');
    await provider.close();
    expect(await faultOf(trusting, 'sip.provider.example')).toBe('connection-refused');
    await Promise.all([trusting.close(), strange.close()]);
  });
});
