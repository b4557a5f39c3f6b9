import type { DirectorySource, TownDirectory, Trunk } from '@amtsleitung/domain';
import type { Source } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { bestFailure, failureOfResponse } from './response-failure.ts';
import { TrunkBook } from './trunk-book.ts';
import { callFailures, staticTrunkSettings } from '@amtsleitung/domain';

const trunk: Trunk = {
  id: 'line',
  tenantId: 't',
  name: 'Demo-Leitung',
  host: 'sip.provider.example',
  port: 5060,
  transport: 'udp',
  sourceAddresses: ['192.0.2.10', '192.0.2.20:5080', '[2001:DB8::1]:5060'],
  username: '',
  outgoingCapacity: 10,
  settings: staticTrunkSettings,
};

const directoryOf = (trunks: readonly Trunk[]): DirectorySource => {
  const town = { tenant: { id: 't', sipDomain: 'town.example' }, trunks } as unknown as TownDirectory;
  return { all: () => [town], byTenant: () => town, onChange: () => () => {} };
};

const from = (address: string, port: number, transport: Source['transport'] = 'udp'): Source => ({
  transport,
  address,
  port,
  secure: false,
});

describe('recognising a trunk', () => {
  const book = new TrunkBook(directoryOf([trunk]));

  it.each([
    [from('192.0.2.10', 31_000), false],
    [from('192.0.2.10', 31_000, 'tcp'), false],
    [from('::ffff:192.0.2.10', 5060), false],
    [from('192.0.2.20', 5080), true],
    [from('2001:db8::1', 5060), true],
  ])('%o is the trunk', (source, exact) => {
    expect(book.bySource(source)).toEqual({ trunk, exact });
  });

  it.each([
    from('192.0.2.20', 5060),
    from('192.0.2.1', 5060),
    from('192.0.2.100', 5060),
    from('192.0.2.10', 443, 'ws'),
  ])('%o is not', (source) => {
    expect(book.bySource(source)).toBeUndefined();
  });

  it('does not know a trunk that is turned off', () => {
    const settings = { ...trunk.settings, enabled: false };
    const off = { ...trunk, username: 'line7', ha1: { md5: 'm', sha256: 's' }, settings };
    const none = new TrunkBook(directoryOf([off]));
    expect(none.bySource(from('192.0.2.10', 5060))).toBeUndefined();
    expect(none.byUsername('line7')).toBeUndefined();
    expect(none.byId('line')).toBe(off);
  });

  it('finds digest trunks by user name, never by an empty one', () => {
    const digest = { ...trunk, id: 'd', username: 'line7', ha1: { md5: 'm', sha256: 's' } };
    const both = new TrunkBook(directoryOf([trunk, digest]));
    expect(both.byUsername('line7')).toEqual({ trunk: digest, realm: 'town.example' });
    expect(both.byUsername('')).toBeUndefined();
  });
});

describe('what a final answer means', () => {
  it.each([
    [404, 'trunk', false, 'not-in-service'],
    [410, 'trunk', false, 'not-in-service'],
    [484, 'trunk', false, 'not-in-service'],
    [486, 'trunk', false, 'busy'],
    [600, 'trunk', true, 'busy'],
    [480, 'trunk', false, 'unreachable'],
    [480, 'trunk', true, 'no-answer'],
    [408, 'trunk', true, 'no-answer'],
    [408, 'trunk', false, 'trunk-failed'],
    [603, 'trunk', true, 'declined'],
    [401, 'trunk', false, 'trunk-failed'],
    [407, 'trunk', false, 'trunk-failed'],
    [403, 'trunk', false, 'forbidden'],
    [488, 'trunk', false, 'not-acceptable-media'],
    [302, 'trunk', false, 'trunk-failed'],
    [500, 'trunk', false, 'trunk-failed'],
    [503, 'trunk', true, 'trunk-failed'],
    [404, 'phone', false, 'unreachable'],
    [302, 'phone', true, 'declined'],
    [486, 'phone', true, 'busy'],
    [603, 'phone', true, 'declined'],
    [500, 'phone', false, 'unreachable'],
  ] as const)('%i from a %s (rang: %s) is %s', (status, side, rang, kind) => {
    expect(failureOfResponse(status, side, rang)).toBe(callFailures[kind]);
  });

  it('takes the most telling verdict of a fork', () => {
    const { busy, unreachable, declined } = callFailures;
    expect(bestFailure([unreachable, busy, unreachable])).toBe(busy);
    expect(bestFailure([busy, declined])).toBe(declined);
    expect(bestFailure([])).toBe(unreachable);
  });
});
