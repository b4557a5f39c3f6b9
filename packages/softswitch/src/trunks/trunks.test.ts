import type { DirectorySource, TownDirectory, Trunk } from '@amtsleitung/domain';
import { sipRequest } from '@amtsleitung/sip';
import type { Source } from '@amtsleitung/sip';
import { VirtualClock } from '@amtsleitung/base/testing';
import { describe, expect, it } from 'vitest';
import { dialledNumber } from './dialled-number.ts';
import { bestFailure, failureOfResponse } from './response-failure.ts';
import { shownCaller } from './shown-caller.ts';
import { TrunkAddresses } from './trunk-address.ts';
import { TrunkBook } from './trunk-book.ts';
import { trunkInvite } from './trunk-invite.ts';
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

const invite = (uri: string, headers: Readonly<Record<string, string>>) =>
  sipRequest(
    'INVITE',
    uri,
    Object.entries({ From: '<sip:+49171392001@provider.example>;tag=1', To: `<${uri}>`, ...headers }).map(
      ([name, value]) => ({ name, value }),
    ),
  );

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

  it('finds digest trunks by user name, never by an empty one', () => {
    const digest = { ...trunk, id: 'd', username: 'line7', ha1: { md5: 'm', sha256: 's' } };
    const both = new TrunkBook(directoryOf([trunk, digest]));
    expect(both.byUsername('line7')).toEqual({ trunk: digest, realm: 'town.example' });
    expect(both.byUsername('')).toBeUndefined();
  });
});

describe('the caller a trunk names', () => {
  it.each([
    [{}, { number: '+49171392001' }],
    [{ 'P-Asserted-Identity': '"Erika M." <sip:+4930231250@p.example>' }, { number: '+4930231250', name: 'Erika M.' }],
    [{ 'P-Asserted-Identity': '<tel:+49-30-23125-0>' }, { number: '+4930231250' }],
    [{ 'P-Asserted-Identity': '<sip:office@p.example>, <tel:+4930231250>' }, { number: '+4930231250' }],
    [{ 'P-Preferred-Identity': '<sip:+4930231250@p.example>' }, { number: '+4930231250' }],
    [{ 'P-Asserted-Identity': '<sip:+4930231250@p.example>', Privacy: 'id' }, {}],
    [{ 'P-Asserted-Identity': '<sip:+4930231250@p.example>', Privacy: 'user;id;critical' }, {}],
    [{ From: '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1' }, {}],
    [{ From: '<sip:030%2023125@p.example>;tag=1' }, { number: '03023125' }],
    [{ From: 'broken <' }, {}],
  ])('%o', (headers, party) => {
    expect(shownCaller(invite('sip:0@house', headers as Record<string, string>))).toEqual(party);
  });

  it('cannot bring line breaks or direction changes onto the screen', () => {
    const { name } = shownCaller(invite('sip:0@house', { From: '"\u202eevil\u0007 name" <sip:1@p.example>;tag=1' }));
    expect(name).toBe('evil name');
  });
});

describe('the dialled number', () => {
  it.each([
    ['sip:+49499921120@house;user=phone', {}, '+49499921120'],
    ['sip:04999-21-120@house', {}, '0499921120'],
    ['sip:trunkuser@house', { To: '<sip:+49499921120@house>' }, '+49499921120'],
    [
      'sip:trunkuser@house',
      { To: '<sip:trunkuser@house>', 'P-Called-Party-ID': '<sip:+49499921120@p>' },
      '+49499921120',
    ],
    ['tel:+49499921120', {}, '+49499921120'],
    ['sip:buergeramt@house', {}, 'buergeramt'],
    ['sip:house', { To: '<sip:house>' }, ''],
  ])('%s %o', (uri, headers, dialled) => {
    expect(dialledNumber(invite(uri, headers as Record<string, string>))).toBe(dialled);
  });
});

describe('an INVITE towards the provider', () => {
  it('holds the two numbers and nothing of the house', () => {
    expect(trunkInvite(trunk, '+493023125000', { number: '+49499921120', name: 'Mira Meldewesen' })).toEqual({
      requestUri: 'sip:+493023125000@sip.provider.example;user=phone',
      to: '<sip:+493023125000@sip.provider.example;user=phone>',
      from: '<sip:+49499921120@sip.provider.example;user=phone>',
      headers: [{ name: 'P-Asserted-Identity', value: '<sip:+49499921120@sip.provider.example;user=phone>' }],
      contactUser: 'amt',
    });
  });

  it('lets nothing but a number into the URI', () => {
    const { requestUri } = trunkInvite(trunk, '110\r\nX: y;a=b@evil', {});
    expect(requestUri).toBe('sip:110@sip.provider.example;user=phone');
  });

  it('asks for privacy when no number is shown', () => {
    expect(trunkInvite(trunk, '110', {})).toMatchObject({
      from: '"Anonymous" <sip:anonymous@anonymous.invalid>',
      headers: [{ name: 'Privacy', value: 'id' }],
    });
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
    [401, 'trunk', false, 'forbidden'],
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

describe('the address of a trunk', () => {
  it('takes literals as they are', async () => {
    const addresses = new TrunkAddresses(new VirtualClock(), () => Promise.reject(new Error('asked')));
    const destination = await addresses.destinationOf({ ...trunk, host: '[2001:db8::1]' });
    expect(destination).toEqual({ transport: 'udp', address: '2001:db8::1', port: 5060 });
  });

  it('keeps the last known address while the name service is down', async () => {
    const clock = new VirtualClock();
    let isDown = false;
    const addresses = new TrunkAddresses(clock, () =>
      isDown ? Promise.reject(new Error('no answer')) : Promise.resolve('192.0.2.10'),
    );
    expect((await addresses.destinationOf(trunk)).address).toBe('192.0.2.10');
    isDown = true;
    clock.advance(3_600_000);
    expect((await addresses.destinationOf(trunk)).address).toBe('192.0.2.10');
  });
});
