import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '@amtsleitung/base/testing';
import { parseTrunkPreset, trunkFromPreset } from '@amtsleitung/domain';
import type { DialOptions, Trunk, TrunkErrorKind, TrunkSettings } from '@amtsleitung/domain';
import { FakeProvider, customerBlock, germanProviders } from '@amtsleitung/simulator';
import type { ProviderFault, ProviderScript } from '@amtsleitung/simulator';
import { headerValue } from '@amtsleitung/sip';
import type { Destination, Locator } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { TestHouse, trunk as anyTrunk } from '../testing/index.ts';

type PresetId = keyof typeof germanProviders;

const own = `${customerBlock}120`;
const switchboard = `${customerBlock}0`;
const citizen = '+491713920001';
const called = '+493023125000';

const presetFile = (id: string): string =>
  fileURLToPath(new URL(`../../../../assets/trunk-presets/${id}.json`, import.meta.url));

/** A trunk as an administrator gets it who answers what the preset asks. */
function trunkOf(id: PresetId, script: ProviderScript): Trunk {
  const parsed = parseTrunkPreset(JSON.parse(readFileSync(presetFile(id), 'utf8')));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { account, domain } = script;
  const answers = {
    host: domain,
    outboundProxy: '551138572628.primary.companyflex.de',
    username: account?.username,
    authName: account?.authName,
    password: account?.password,
    sourceAddresses: account ? undefined : '10.0.5.1 10.0.5.2',
  };
  const asked = Object.fromEntries(
    parsed.preset.asks.flatMap((question) => (answers[question] ? [[question, answers[question]]] : [])),
  );
  const { id: trunkId, tenantId, name, outgoingCapacity } = anyTrunk;
  return { id: trunkId, tenantId, name, outgoingCapacity, ...trunkFromPreset(parsed.preset, asked) };
}

interface Line {
  readonly house: TestHouse;
  readonly provider: FakeProvider;
  readonly trunk: Trunk;
}

/** A house with one trunk made from a preset, and the provider it was made for with two servers. */
async function line(
  id: PresetId,
  parts: {
    readonly settings?: Partial<TrunkSettings>;
    readonly password?: string;
    readonly script?: Partial<ProviderScript>;
    readonly fault?: ProviderFault;
    readonly addresses?: readonly string[];
    readonly locate?: Locator['locate'];
  } = {},
): Promise<Line> {
  const script: ProviderScript = { ...germanProviders[id], ...parts.script };
  const preset = trunkOf(id, script);
  const trunk: Trunk = {
    ...preset,
    ...(parts.password === undefined ? {} : { password: parts.password }),
    settings: { ...preset.settings, ...parts.settings },
  };
  const { transport } = script;
  const before = new TestHouse();
  const { clock, network } = before;
  const servers = (parts.addresses ?? ['10.0.5.1', '10.0.5.2']).map((address): Destination => ({
    transport,
    address,
    port: 5060,
  }));
  const locator: Locator = {
    locate: parts.locate ?? (() => Promise.resolve(servers)),
    reportFailure: () => {},
    reportSuccess: () => {},
  };
  const provider = await FakeProvider.open({
    script,
    servers: servers.map(({ address, port }) => network.transport(address, port, transport)),
    house: { transport, address: '10.0.0.1', port: 5060 },
    ...{ clock, timers: clock, random: seededRandom(7) },
  });
  if (parts.fault) provider.fail(parts.fault);
  const house = new TestHouse({
    before,
    options: {
      locator,
      listen: {
        host: '10.0.0.1',
        isAllowedOrigin: () => true,
        transports: [network.transport('10.0.0.1', 5060, transport)],
      },
    },
  });
  const headNumbers = [{ id: 'head', tenantId: 'town', e164: customerBlock, areaCodeLength: 4, trunkId: trunk.id }];
  house.directory.replace({ trunks: [trunk], headNumbers });
  await house.softswitch.start();
  await house.run(2_000);
  return { house, provider, trunk };
}

const options: DialOptions = { caller: { number: own }, ringMilliseconds: 30_000, callId: 'call-1' };
const stateOf = ({ house, trunk }: Line) => house.softswitch.trunkStates.of(trunk.id);

/** What the provider made of a call of the house. */
async function outgoing(at: Line, parts: Partial<DialOptions> = {}, leg = 'out') {
  at.house.calls.dial(leg, { kind: 'trunk', trunkId: at.trunk.id, number: called }, { ...options, ...parts });
  await at.house.run(200);
  return at.provider.calls.at(-1)?.verdict;
}

const ids = Object.keys(germanProviders) as PresetId[];

describe.each(ids)('the preset %s at its provider', (id) => {
  const script: ProviderScript = germanProviders[id];

  it('comes up', async () => {
    const at = await line(id);
    expect(at.trunk.transport).toBe(script.transport);
    expect(at.provider.refusals.filter(({ status }) => status !== 423)).toEqual([]);
    expect(stateOf(at)).toMatchObject({ status: 'up', server: expect.stringContaining('10.0.5.1') as string });
    expect(at.provider.registrar.binding === undefined).toBe(script.account === undefined);
  });

  it('brings a citizen’s call to the right number, with the right caller or none', async () => {
    const at = await line(id);
    at.provider.call(own, { from: citizen });
    await at.house.run();
    expect(at.house.incoming).toMatchObject({
      origin: { kind: 'trunk', trunkId: 'line' },
      dialled: own,
      caller: { number: citizen },
    });
    at.provider.call(switchboard, { from: citizen, anonymous: true });
    await at.house.run();
    expect(at.house.incoming).toMatchObject({ dialled: switchboard, caller: {} });
    expect(at.house.incoming.caller.number).toBeUndefined();
  });

  it('lets a call ring, be answered and end', async () => {
    const at = await line(id);
    await outgoing(at);
    at.provider.calls[0]!.answer();
    await at.house.run();
    expect(at.house.told('out')).toEqual(['ringing', 'answered']);
    at.house.calls.hangUp('out');
    await at.house.run();
    expect(at.provider.calls[0]!.end?.cause).toBe('bye');
    expect(await at.house.engine.list()).toEqual([]);
  });

  it('shows the office’s number, or nothing when it is hidden', async () => {
    const at = await line(id);
    expect(await outgoing(at)).toMatchObject({ called, shows: own });
    expect(await outgoing(at, { hideNumber: true }, 'hidden')).toMatchObject({ called, shows: 'anonymous' });
    expect(at.provider.refusals.filter(({ method }) => method === 'INVITE')).toEqual([]);
  });

  it('shows who really calls a forwarded call where the provider allows it, else the office', async () => {
    const noScreening = script.outgoing.noScreening;
    const at = await line(id, { settings: { identity: { ...trunkOf(id, script).settings.identity, noScreening } } });
    const forwarded = await outgoing(at, { caller: { number: citizen }, forwardedBy: own });
    expect(forwarded?.shows).toBe(noScreening ? citizen : own);
    if (script.outgoing.forwardedIn) expect(forwarded?.forwardedBy).toBe(own);
  });
});

/** What a trunk says of itself while its provider is out of order. */
interface Trouble {
  readonly what: string;
  readonly parts: Parameters<typeof line>[1];
  readonly error: TrunkErrorKind;
  readonly status?: number;
}

const registering = ids.filter((id) => 'account' in germanProviders[id]);

describe.each(registering)('the preset %s while its provider refuses REGISTER', (id) => {
  const fault = (answer: ProviderFault['answer'], more: Partial<ProviderFault> = {}) => ({
    fault: { method: 'REGISTER' as const, answer, ...more },
  });

  it.each<Trouble>([
    { what: 'the password', parts: { password: 'falsch' }, error: 'wrong-credentials', status: 403 },
    { what: 'the number', parts: fault(404), error: 'unknown-number', status: 404 },
    { what: 'for its load', parts: fault(503), error: 'overloaded', status: 503 },
    { what: 'for an error of its own', parts: fault(500), error: 'server-error', status: 500 },
    { what: 'by silence', parts: fault('silence'), error: 'no-answer' },
    { what: 'with 423 whatever is asked', parts: fault(423), error: 'interval-too-brief', status: 423 },
    { what: 'without a word why', parts: fault(405), error: 'refused', status: 405 },
    {
      what: 'by having no name',
      parts: { locate: () => Promise.reject(new Error('no such name')) },
      error: 'name-not-found',
    },
  ])('$what, says so and takes no calls', async ({ parts, error, status }) => {
    const at = await line(id, parts);
    await at.house.run(20_000);
    expect(stateOf(at)).toMatchObject({ status: 'down', lastError: { kind: error, ...(status ? { status } : {}) } });
    expect(at.house.softswitch.trunkStates.isUsable('line')).toBe(false);
    await outgoing(at);
    expect(at.house.told('out')).toEqual(['failed trunk-failed']);
  });

  it('goes to the other server, and calls go where the registration is', async () => {
    const at = await line(id, fault(503, { server: 0 }));
    expect(stateOf(at)).toMatchObject({ status: 'up', server: expect.stringContaining('10.0.5.2') as string });
    expect(await outgoing(at)).toMatchObject({ called });
    expect(at.provider.heard.filter((one) => one.startsWith('INVITE')).every((one) => one === 'INVITE 1')).toBe(true);
  });

  it('asks for as long as 423 says, and registers', async () => {
    const at = await line(id, { script: { registration: { least: 900, most: 1_800 } } });
    expect(at.provider.refusals).toEqual([{ method: 'REGISTER', status: 423, why: 'registrar' }]);
    expect(stateOf(at)?.status).toBe('up');
  });

  it('comes back by itself', async () => {
    const at = await line(id, fault('silence'));
    await at.house.run(20_000);
    at.provider.heal();
    await at.house.run(120_000);
    expect(stateOf(at)?.status).toBe('up');
    expect(stateOf(at)?.lastError).toBeUndefined();
    expect(await outgoing(at)).toMatchObject({ called });
  });
});

describe.each(ids)('the preset %s while its provider refuses a call', (id) => {
  const script: ProviderScript = germanProviders[id];

  it.each<[number, string, TrunkErrorKind | undefined]>([
    [403, 'forbidden', 'forbidden'],
    [408, 'trunk-failed', 'no-answer'],
    [503, 'trunk-failed', 'overloaded'],
    [486, 'busy', undefined],
    [404, 'not-in-service', undefined],
  ])('with %i, the call fails and the line knows why', async (answer, failure, error) => {
    const at = await line(id);
    at.provider.fail({ method: 'INVITE', answer });
    await outgoing(at);
    expect(at.house.told('out')).toEqual([`failed ${failure}`]);
    expect(stateOf(at)?.lastError?.kind).toBe(error);
  });

  it('for its encryption, the call fails and the line knows why', async () => {
    const other = script.srtp === 'required' ? 'off' : 'required';
    const at = await line(id, { settings: { srtp: other }, script: { mediasec: false } });
    await outgoing(at);
    expect(at.house.told('out')).toEqual(['failed not-acceptable-media']);
    // Without SRTP of our own, 488 may just as well mean a codec.
    expect(stateOf(at)?.lastError?.kind).toBe(other === 'required' ? 'srtp-refused' : undefined);
  });

  it('for the identity, it is tried once more with the switchboard’s number', async () => {
    const at = await line(id, { script: { blocks: [switchboard] } });
    const verdict = await outgoing(at);
    const { headerNumber } = at.trunk.settings.identity;
    // A trunk that always proves itself by the switchboard's number is never refused.
    const refused = at.provider.refusals.filter(({ method }) => method === 'INVITE').length;
    expect(refused).toBe(headerNumber === 'caller' ? 1 : 0);
    expect(verdict?.shows).toBe(headerNumber === 'caller' || !script.outgoing.noScreening ? switchboard : own);
  });
});

describe('a line over IPv6', () => {
  it('registers, is called and calls, with media of the same IP version', async () => {
    const at = await line('nfon', { addresses: ['2001:db8::1'] });
    expect(stateOf(at)).toMatchObject({ status: 'up', server: 'udp [2001:db8::1]:5060' });
    at.provider.call(own, { from: citizen });
    await at.house.run();
    expect(at.house.incoming).toMatchObject({ dialled: own, caller: { number: citizen } });
    expect(await outgoing(at)).toMatchObject({ called, shows: own });
    expect(at.house.engine.legs.get('out~0')?.options.signallingAddress).toBe('2001:db8::1');
  });
});

describe('a line with SRTP', () => {
  it('RFC 3329 §2.3.1: repeats the list of the provider’s mechanisms with credentials and calls', async () => {
    const at = await line('telekom-companyflex');
    expect(stateOf(at)?.status).toBe('up');
    expect(await outgoing(at)).toMatchObject({ called, shows: own });
    const { invite } = at.provider.calls[0]!;
    const verify = headerValue(invite, 'Security-Verify');
    expect(verify).toBe('msrp-tls;mediasec, sdes-srtp;mediasec, dtls-srtp;mediasec');
    expect(at.provider.refusals.filter(({ status }) => status === 494)).toEqual([]);
  });

  it('is refused by such a provider when its encryption is not agreed on', async () => {
    const at = await line('telekom-companyflex', { settings: { mediasec: false } });
    expect(stateOf(at)).toMatchObject({ status: 'down', lastError: { kind: 'refused', status: 494 } });
  });

  it('RFC 4568 §8.3: takes no keys from messages in clear', async () => {
    const before = new TestHouse();
    const { network } = before;
    const transports = [network.transport('10.0.0.1', 5060), network.transport('10.0.0.1', 5061, 'tls')];
    const listen = { host: '10.0.0.1', isAllowedOrigin: () => true, transports };
    const house = new TestHouse({ before, options: { listen } });
    const settings: TrunkSettings = { ...anyTrunk.settings, srtp: 'required' };
    house.directory.replace({ trunks: [{ ...anyTrunk, transport: 'tls', settings }] });
    await house.softswitch.start();
    const provider = await house.provider();
    const call = provider.dial(own, { from: `<sip:${citizen}@provider.example>` });
    await house.run();
    expect(call.end).toMatchObject({ status: 488 });
    expect(house.events).toEqual([]);
  });
});

describe('a provider that looks after its calls', () => {
  it('is answered when it asks for life signs (OPTIONS)', async () => {
    const at = await line('telekom-companyflex');
    expect((await at.house.after(at.provider.ping())).status).toBe(200);
  });

  it.each(['incoming', 'outgoing'] as const)(
    'RFC 4028 §10: an %s call with its session timer lives on while both refresh it',
    async (direction) => {
      const at = await line('telekom-companyflex', { script: { sessionExpires: 90 } });
      const call = direction === 'incoming' ? at.provider.call(own, { from: citizen }) : undefined;
      if (direction === 'outgoing') await outgoing(at);
      await at.house.run(200);
      if (call) at.house.calls.answer(at.house.incoming.leg);
      else at.provider.calls[0]!.answer();
      for (let minute = 0; minute < 5; minute++) await at.house.run(60_000);
      expect((call ?? at.provider.calls[0]!).end).toBeUndefined();
      expect(await at.house.engine.list()).toHaveLength(1);
    },
  );
});
