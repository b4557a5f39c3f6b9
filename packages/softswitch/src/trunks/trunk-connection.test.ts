import { silentLogger } from '@amtsleitung/base';
import { seededRandom, VirtualClock } from '@amtsleitung/base/testing';
import type { Trunk } from '@amtsleitung/domain';
import { sipResponse } from '@amtsleitung/sip';
import type { Destination, OutOfDialogOptions } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { registeringTrunk, TestDirectory } from '../testing/index.ts';
import { contactUserOf } from './trunk-contact.ts';
import { TrunkLines } from './trunk-lines.ts';

const server: Destination = { transport: 'tls', address: '192.0.2.1', port: 5061 };
const trunk: Trunk = {
  ...registeringTrunk,
  transport: 'tls',
  settings: { ...registeringTrunk.settings, optionsSeconds: 0 },
};

/** A trunk registered over a connection. */
async function registered() {
  const clock = new VirtualClock();
  const directory = new TestDirectory();
  directory.replace({ trunks: [trunk] });
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
  expect([lines.of('block')?.status, asked.length]).toEqual(['up', 1]);
  return { lines, asked, run };
}

describe('a registration over a connection', () => {
  it('RFC 5626 §4.4.1: is made anew at once when the connection is lost', async () => {
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
