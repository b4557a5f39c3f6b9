import { staticTrunkSettings } from '@amtsleitung/domain';
import type { Trunk, TrunkIdentity, TrunkSettings } from '@amtsleitung/domain';
import { headerValue, sipRequest } from '@amtsleitung/sip';
import type { SipRequest } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { dialledOnTrunk } from './dialled-number.ts';
import { divertedBy } from './diverted-by.ts';
import { readFromTrunk, spellForTrunk } from './number-spelling.ts';
import { callerOnTrunk } from './shown-caller.ts';
import type { TrunkCall } from './trunk-identity.ts';
import { hasPlainerInvite, trunkInvite } from './trunk-invite.ts';

const trunk: Trunk = {
  id: 'line',
  tenantId: 't',
  name: 'Leitung',
  host: 'provider.example',
  transport: 'udp',
  sourceAddresses: [],
  username: '+49199100200300',
  password: 'secret',
  outgoingCapacity: 10,
  settings: { ...staticTrunkSettings, registerSeconds: 600 },
};

const withRules = (identity: Partial<TrunkIdentity>, settings: Partial<TrunkSettings> = {}): Trunk => ({
  ...trunk,
  settings: { ...trunk.settings, ...settings, identity: { ...trunk.settings.identity, ...identity } },
});

const invite = (uri: string, headers: Readonly<Record<string, string>>): SipRequest =>
  sipRequest(
    'INVITE',
    uri,
    Object.entries({ From: '<sip:+49171392001@provider.example>;tag=1', To: `<${uri}>`, ...headers }).map(
      ([name, value]) => ({ name, value }),
    ),
  );

describe('numbers on a trunk', () => {
  it.each([
    ['+493023125000', 'plus', '+493023125000'],
    ['+493023125000', 'zeros', '00493023125000'],
    ['+493023125000', 'bare', '493023125000'],
    ['+493023125000', 'national', '03023125000'],
    ['+4420794600', 'national', '004420794600'],
    ['110', 'plus', '110'],
    ['116117', 'zeros', '116117'],
  ] as const)('%s is written %s as %s', (number, format, written) => {
    expect(spellForTrunk(number, format)).toBe(written);
  });

  it.each([
    ['+493023125000', 'national', '+493023125000'],
    ['00493023125000', 'any', '+493023125000'],
    ['03023125000', 'bare', '+493023125000'],
    ['493023125000', 'bare', '+493023125000'],
    ['4420794600', 'bare', '+4420794600'],
    // Without a prefix it may be local: the dial plan knows the head numbers.
    ['21120', 'any', '21120'],
    ['493023125000', 'any', '493023125000'],
    ['112', 'bare', '112'],
    ['01033', 'any', '01033'],
  ] as const)('%s by %s means %s', (written, format, meant) => {
    expect(readFromTrunk(written, format)).toBe(meant);
  });
});

describe('the caller a trunk names', () => {
  it.each<[Record<string, string>, object]>([
    [{}, { number: '+49171392001' }],
    [{ 'P-Asserted-Identity': '"Erika M." <sip:+4930231250@p.example>' }, { number: '+4930231250', name: 'Erika M.' }],
    [{ 'P-Asserted-Identity': '<tel:+49-30-23125-0>' }, { number: '+4930231250' }],
    [{ 'P-Asserted-Identity': '<sip:office@p.example>, <tel:+4930231250>' }, { number: '+4930231250' }],
    [{ 'P-Preferred-Identity': '<sip:+4930231250@p.example>' }, { number: '+4930231250' }],
    [{ From: '<sip:030%2023125@p.example>;tag=1' }, { number: '+493023125' }],
    [{ From: '<sip:493023125001@p.example>;tag=1' }, { number: '+493023125001' }],
    [{ From: 'broken <' }, {}],
  ])('RFC 3325 §9.1: %o', (headers, party) => {
    expect(callerOnTrunk(invite('sip:0@house', headers), trunk.settings)).toEqual({ caller: party, isForged: false });
  });

  it.each<Record<string, string>>([
    { 'P-Asserted-Identity': '<sip:+4930231250@p.example>', Privacy: 'id' },
    { 'P-Asserted-Identity': '<sip:+4930231250@p.example>', Privacy: 'user;id;critical' },
    { From: '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1' },
  ])('RFC 3323 §4.2: %o is nobody', (headers) => {
    expect(callerOnTrunk(invite('sip:0@house', headers), trunk.settings).caller).toEqual({});
  });

  it('reads Remote-Party-ID only where the settings list it, and keeps its privacy', () => {
    const callerFrom = ['remote-party-id', 'from'] as const;
    const request = invite('sip:0@house', { 'Remote-Party-ID': '<sip:+4930231250@p>;party=calling;privacy=off' });
    const hidden = invite('sip:0@house', { 'Remote-Party-ID': '<sip:+4930231250@p>;privacy=full' });
    expect(callerOnTrunk(request, trunk.settings).caller.number).toBe('+49171392001');
    expect(callerOnTrunk(request, { ...trunk.settings, callerFrom }).caller.number).toBe('+4930231250');
    expect(callerOnTrunk(hidden, { ...trunk.settings, callerFrom }).caller).toEqual({});
  });

  it.each(['110', '112', '+49110', '09005123456', '+499005123456', '0137123456', '11833', '0049180212345', '115'])(
    'TKG §120 (2): %s is shown as nobody, and flagged',
    (number) => {
      const request = invite('sip:0@house', { From: `"Polizei" <sip:${number}@p.example>;tag=1` });
      expect(callerOnTrunk(request, trunk.settings)).toEqual({ caller: {}, isForged: true });
    },
  );

  it('cannot bring line breaks or direction changes onto the screen', () => {
    const request = invite('sip:0@house', { From: '"\u202eevil\u0007 name" <sip:+493012345@p.example>;tag=1' });
    expect(callerOnTrunk(request, trunk.settings).caller.name).toBe('evil name');
  });
});

describe('the dialled number', () => {
  const [number, other] = ['+49499921120', '+49499921121'];
  const request = invite(`sip:${number}@house`, {
    To: `<sip:${other}@house>`,
    'P-Called-Party-ID': '<sip:0049499921122@p>',
  });

  it.each([
    [['request-uri', 'to'], number],
    [['to', 'request-uri'], other],
    [['p-called-party-id', 'to'], '+49499921122'],
  ] as const)('is looked for in %o', (dialledFrom, dialled) => {
    expect(dialledOnTrunk(request, withRules({}, { dialledFrom }))).toBe(dialled);
  });

  it.each([
    // Our Contact or account in the Request-URI is no dialled number.
    ['sip:amt-0123456789abcdef@house', { To: '<sip:049992120@house>' }, '+4949992120'],
    [`sip:${trunk.username}@house`, { To: '<sip:+49499921120@house>' }, '+49499921120'],
    ['tel:+49-4999-21-120', {}, '+49499921120'],
    ['sip:buergeramt@house', {}, 'buergeramt'],
    ['sip:house', { To: '<sip:house>' }, ''],
  ])('%s %o', (uri, headers, dialled) => {
    expect(dialledOnTrunk(invite(uri, headers as Record<string, string>), trunk)).toBe(dialled);
  });
});

describe('who diverted a call', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ['RFC 5806 §4', { Diversion: '<sip:0049621100@p>;reason=no-answer, <sip:+49621200@p>' }, '+49621100'],
    ['RFC 5806 §4', { Diversion: '<sip:+49621100@p>;privacy=full' }, undefined],
    [
      'RFC 7044 §5',
      { 'History-Info': '<sip:+49621100@p>;index=1, <sip:+496212@p;cause=302>;index=1.1;mp=1' },
      '+49621100',
    ],
    ['RFC 7044 §5', { 'History-Info': '<sip:+49621100@p>;index=1, <sip:+496212@p;cause=302>;index=1.1' }, '+49621100'],
    [
      'RFC 7044 §10.1.2',
      { 'History-Info': '<sip:+49621100@p?Privacy=history>;index=1, <sip:+496212@p;cause=302>;index=1.1;mp=1' },
      undefined,
    ],
    [
      'RFC 7044 §10.1.2',
      { 'History-Info': '<sip:+49621100@p>;index=1, <sip:+496212@p>;index=1.1;mp=1', Privacy: 'history' },
      undefined,
    ],
    ['RFC 7044 §5', { 'History-Info': '<sip:+49621100@p>;index=1' }, undefined],
    ['nothing', {}, undefined],
    ['nonsense', { Diversion: '<<;', 'History-Info': ',,' }, undefined],
  ])('%s: %o', (_clause, headers, number) => {
    expect(divertedBy(invite('sip:0@house', headers), 'any')).toBe(number);
  });
});

describe('an INVITE towards the provider', () => {
  const [office, head, citizen] = ['+49499921120', '+494999210', '+491713920042'];
  const call: TrunkCall = { number: '+493023125000', caller: { number: office, name: 'Mira' }, headNumber: head };
  const named = (number: string) => `<sip:${number}@provider.example;user=phone>`;
  const header = (message: { headers: SipRequest['headers'] }, name: string) => headerValue(message, name);

  it('holds the numbers and nothing of the house', () => {
    const { contactUser, ...message } = trunkInvite(trunk, call);
    expect(message).toEqual({
      requestUri: 'sip:+493023125000@provider.example;user=phone',
      to: named('+493023125000'),
      from: named(office),
      headers: [{ name: 'P-Asserted-Identity', value: named(office) }],
    });
    expect(contactUser).toMatch(/^amt-[0-9a-f]{16}$/);
  });

  it('lets nothing but a number into the URI', () => {
    const { requestUri } = trunkInvite(trunk, { ...call, number: '110\r\nX: y;a=b@evil' });
    expect(requestUri).toBe('sip:110@provider.example;user=phone');
  });

  it('names a static trunk by its place', () => {
    const fixed = { ...withRules({}, { registerSeconds: 0 }), port: 5080, transport: 'tcp' as const };
    expect(trunkInvite(fixed, call).requestUri).toBe(
      'sip:+493023125000@provider.example:5080;user=phone;transport=tcp',
    );
  });

  it.each([
    ['p-preferred-identity', 'caller', { 'P-Preferred-Identity': office }],
    ['p-asserted-identity', 'head', { 'P-Asserted-Identity': head }],
    ['both', 'caller', { 'P-Preferred-Identity': office, 'P-Asserted-Identity': office }],
    ['none', 'caller', {}],
  ] as const)('RFC 3325 §9: %s with the number of the %s', (kind, headerNumber, expected) => {
    const message = trunkInvite(withRules({ header: kind, headerNumber }), call);
    const identities = message.headers.filter(({ name }) => name.endsWith('-Identity'));
    expect(Object.fromEntries(identities.map(({ name, value }) => [name, value]))).toEqual(
      Object.fromEntries(Object.entries(expected).map(([name, number]) => [name, named(number)])),
    );
  });

  it('shows the account with the number as name where the provider wants that', () => {
    const { from } = trunkInvite(withRules({ fromUser: 'account' }, { outgoingFormat: 'zeros' }), call);
    expect(from).toBe('0049499921120 <sip:+49199100200300@provider.example>');
  });

  it.each([
    ['privacy', named(office), 'id'],
    ['from', '"Anonymous" <sip:anonymous@anonymous.invalid>', undefined],
    ['both', '"Anonymous" <sip:anonymous@anonymous.invalid>', 'id'],
  ] as const)('RFC 3323 §4.2: CLIR by %s still proves who pays', (anonymous, from, privacy) => {
    const message = trunkInvite(withRules({ anonymous }), { ...call, hideNumber: true });
    expect(message.from).toBe(from);
    expect(header(message, 'Privacy')).toBe(privacy);
    expect(header(message, 'P-Asserted-Identity')).toBe(named(office));
  });

  it('TDDDG §15: hides nothing from 110 and 112, and names the place, not the head', () => {
    const rules = { headerNumber: 'head' as const };
    const message = trunkInvite(withRules(rules), { ...call, number: '112', hideNumber: true });
    expect(message.from).toBe(named(office));
    expect(header(message, 'P-Asserted-Identity')).toBe(named(office));
    expect(header(message, 'Privacy')).toBeUndefined();
  });

  it.each(['110', '115', '+499005123456', '+49137123456', '+4911833', '+49180512345', '+4420794600', '120'])(
    'TKG §120 (2): %s is never our number; the head number stands in',
    (number) => {
      const message = trunkInvite(trunk, { ...call, caller: { number } });
      expect([message.from, header(message, 'P-Asserted-Identity')]).toEqual([named(head), named(head)]);
    },
  );

  it('shows nothing where there is no number at all', () => {
    const { headers, from } = trunkInvite(trunk, { number: '+493023125000', caller: {} });
    expect(headers).toEqual([{ name: 'Privacy', value: 'id' }]);
    expect(from).toContain('anonymous.invalid');
  });

  describe('of a forwarded call', () => {
    const forwarded = { ...call, caller: { number: citizen }, forwardedBy: office };

    it('shows the citizen where the provider screens nothing, and who forwards', () => {
      const message = trunkInvite(withRules({ noScreening: true, forwarding: 'diversion' }), forwarded);
      expect(message.from).toBe(named(citizen));
      expect(header(message, 'P-Asserted-Identity')).toBe(named(office));
      expect(header(message, 'Diversion')).toBe(`${named(office)};reason=unconditional;counter=1;privacy=off`);
    });

    it('shows the office elsewhere', () => {
      const message = trunkInvite(withRules({ forwarding: 'none' }), forwarded);
      expect(JSON.stringify(message)).not.toContain(citizen);
      expect(message.from).toBe(named(office));
    });

    it('RFC 7044 §5: tells the history', () => {
      const message = trunkInvite(withRules({ forwarding: 'history-info' }), forwarded);
      expect(message.headers.filter(({ name }) => name === 'History-Info').map(({ value }) => value)).toEqual([
        `${named(office)};index=1`,
        '<sip:+493023125000@provider.example;user=phone;cause=302>;index=1.1;mp=1',
      ]);
    });

    it.each([{}, { number: '110' }, { number: '+499005123456' }])('shows nobody for a caller %o', (caller) => {
      const message = trunkInvite(withRules({ noScreening: true }), { ...forwarded, caller });
      expect(message.from).toContain('anonymous.invalid');
      expect(header(message, 'Privacy')).toBe('id');
    });
  });

  it('1TR119: the second try after a refusal names the head number alone', () => {
    const rich = withRules({ noScreening: true, forwarding: 'diversion' });
    const forwarded = { ...call, caller: { number: citizen }, forwardedBy: office };
    const plain = trunkInvite(rich, forwarded, 'plain');
    expect(plain.from).toBe(named(head));
    expect(plain.headers).toEqual([{ name: 'P-Asserted-Identity', value: named(head) }]);
    expect(hasPlainerInvite(rich, forwarded)).toBe(true);
    expect(hasPlainerInvite(trunk, { ...call, caller: { number: head } })).toBe(false);
    expect(hasPlainerInvite(trunk, { number: '112', caller: { number: office } })).toBe(false);
  });
});
