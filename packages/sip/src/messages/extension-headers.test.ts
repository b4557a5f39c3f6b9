import { describe, expect, it } from 'vitest';
import {
  diversionHeader,
  diversionsOf,
  hidesIdentity,
  historyHeader,
  historyOf,
  identitiesOf,
  keepsFlow,
  outboundBindingOf,
  parseNameAddress,
  pathOf,
  privacyHeader,
  privacyOf,
  redirectTargets,
  reasonHeader,
  reasonsOf,
  serviceRouteOf,
  sipRequest,
  sipResponse,
  withFlow,
} from '../index.ts';

const request = (name: string, ...values: string[]) =>
  sipRequest(
    'INVITE',
    'sip:x@y.test',
    values.map((value) => ({ name, value })),
  );
const response = (status: number, name: string, ...values: string[]) =>
  sipResponse(
    status,
    '',
    values.map((value) => ({ name, value })),
  );

describe('privacy and identity', () => {
  it('RFC 3323 §4.2: the Privacy header is a list; none stands alone', () => {
    expect([...privacyOf(request('Privacy', 'Header; user;critical'))]).toEqual(['header', 'user', 'critical']);
    expect([...privacyOf(request('Privacy', 'id', 'none'))]).toEqual(['none']);
    expect(privacyOf(request('Subject', 'x')).size).toBe(0);
    expect(privacyHeader(['id', 'user']).value).toBe('id;user');
  });

  it('RFC 3325 §7: id, user and header hide who calls, none does not', () => {
    const hides = ['id', 'user', 'header', 'none', 'session'].map((kind) => hidesIdentity(request('Privacy', kind)));
    expect(hides).toEqual([true, true, true, false, false]);
  });

  it('RFC 3325 §9.1: one SIP and one tel identity, no more', () => {
    const value = '"Amt" <sip:+4943@x.test>, <tel:+4943>, <sip:second@x.test>, broken <';
    expect(identitiesOf(request('P-Asserted-Identity', value), 'P-Asserted-Identity').map((one) => one.uri)).toEqual([
      'sip:+4943@x.test',
      'tel:+4943',
    ]);
    expect(identitiesOf(request('P-Asserted-Identity', value), 'P-Preferred-Identity')).toEqual([]);
  });
});

describe('the way of a call', () => {
  it('RFC 7044 §5: History-Info entries with index, cause and where they come from', () => {
    const entries = historyOf(
      request('History-Info', '<sip:115@x.test>;index=1, <sip:+4943@x.test;cause=302?Privacy=history>;index=1.1;mp=1'),
    );
    expect(entries).toEqual([
      { uri: 'sip:115@x.test', index: '1', isPrivate: false },
      {
        uri: 'sip:+4943@x.test;cause=302',
        index: '1.1',
        cause: 302,
        from: { kind: 'mp', index: '1' },
        isPrivate: true,
      },
    ]);
    expect(historyOf({ headers: entries.map(historyHeader) })).toEqual(entries);
  });

  it('RFC 7044 §5: an entry without a readable index is left out', () => {
    expect(historyOf(request('History-Info', '<sip:115@x.test>', '<sip:115@x.test>;index=a.b', 'rubbish <'))).toEqual(
      [],
    );
  });

  it('RFC 5806 §4: Diversion tells who sent the call on and why', () => {
    const value = '"Amt" <sip:+4943@x.test>;reason=user-busy;counter=2;privacy=full, <tel:+4944>';
    const diversions = diversionsOf(request('Diversion', value));
    expect(diversions).toEqual([
      { displayName: 'Amt', uri: 'sip:+4943@x.test', reason: 'user-busy', counter: 2, isPrivate: true },
      { uri: 'tel:+4944', reason: 'unknown', isPrivate: false },
    ]);
    expect(diversionsOf({ headers: diversions.map(diversionHeader) })).toEqual(diversions);
  });

  it('RFC 3326 §2: Reason values of several protocols', () => {
    const elsewhere = { protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' };
    expect(reasonsOf({ headers: [reasonHeader(elsewhere)] })).toEqual([elsewhere]);
    expect(reasonsOf(request('Reason', 'Q.850;cause=16, SIP;cause=487;text="a, b"')).map((one) => one.cause)).toEqual([
      16, 487,
    ]);
  });

  it('RFC 3261 §8.1.3.4: places of a 3xx by q, each once', () => {
    const value = '<sip:a@x.test>;q=0.2, <sip:b@x.test>;q=0.9, <sip:c@x.test>, <sip:b@x.test>;q=0.1';
    expect(redirectTargets(response(302, 'Contact', value))).toEqual(['sip:c@x.test', 'sip:b@x.test', 'sip:a@x.test']);
    expect(redirectTargets(response(486, 'Contact', value))).toEqual([]);
  });
});

describe('routes of a registration', () => {
  it('RFC 3327 §5.3: Path values in order', () => {
    const path = pathOf(request('Path', '<sip:p1.test;lr>, <sip:p2.test;lr>', '<sip:p3.test;lr;ob>'));
    expect(path).toEqual(['<sip:p1.test;lr>', '<sip:p2.test;lr>', '<sip:p3.test;lr;ob>']);
    expect(pathOf(request('Path', '<tel:110>'))).toBeUndefined();
    expect(pathOf(request('Path', ...Array<string>(17).fill('<sip:p.test;lr>')))).toBeUndefined();
  });

  it('RFC 3608 §6.1: Service-Route of the 200 in order', () => {
    expect(serviceRouteOf(response(200, 'Service-Route', '<sip:a.test;lr>,<sip:b.test;lr>'))).toEqual([
      '<sip:a.test;lr>',
      '<sip:b.test;lr>',
    ]);
    expect(serviceRouteOf(response(200, 'Service-Route', 'x'))).toEqual([]);
  });

  it.each([
    ['<sip:a@x.test>;reg-id=2;+sip.instance="<urn:uuid:0001>"', { instance: 'urn:uuid:0001', regId: 2 }],
    ['<sip:a@x.test>;reg-id=0;+sip.instance="<urn:uuid:0001>"', undefined],
    ['<sip:a@x.test>;reg-id=1', undefined],
    ['<sip:a@x.test>;+sip.instance="<urn:uuid:0001>"', undefined],
    ['<sip:a@x.test>;reg-id=1;+sip.instance="urn:uuid:0001"', undefined],
  ])('RFC 5626 §6: %s', (contact, binding) => {
    expect(outboundBindingOf(parseNameAddress(contact)!)).toEqual(binding);
  });

  it('RFC 5626 §6: ob in a URI', () => {
    expect([keepsFlow('sip:p.test;lr;ob'), keepsFlow('sip:p.test;lr'), keepsFlow(withFlow('sip:a@p.test'))]).toEqual([
      true,
      false,
      true,
    ]);
    expect(withFlow('tel:110')).toBe('tel:110');
  });
});
