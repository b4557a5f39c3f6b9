import { silentLogger } from '@amtsleitung/base';
import { seededRandom, VirtualClock } from '@amtsleitung/base/testing';
import { UserAgent, headerValue, sdpBody } from '@amtsleitung/sip';
import type { Credentials, Header, ServerSession } from '@amtsleitung/sip';
import { LossyNetwork } from '@amtsleitung/sip/testing';
import { describe, expect, it } from 'vitest';
import { FakeProvider } from './fake-provider.ts';
import { customerBlock, germanProviders } from './german-providers.ts';
import type { ProviderScript } from './provider-script.ts';
import { providerSdp } from './provider-sdp.ts';
import { readSpelled, spelled } from './spelled-number.ts';

const own = `${customerBlock}120`;

/** A provider with two servers and a customer that sends whatever a test wants. */
class Customer {
  readonly clock = new VirtualClock();
  readonly received: ServerSession[] = [];
  readonly script: ProviderScript;
  readonly provider: FakeProvider;
  readonly #agent: UserAgent;
  #cseq = 0;

  constructor(script: ProviderScript) {
    const { clock } = this;
    const network = new LossyNetwork(clock, seededRandom(1));
    const { transport } = script;
    this.script = script;
    this.provider = new FakeProvider({
      script,
      servers: ['10.9.0.1', '10.9.0.2'].map((host) => network.transport(host, 5060, transport)),
      house: { transport, address: '10.0.0.1', port: 5060 },
      ...{ clock, timers: clock, random: seededRandom(2) },
    });
    this.#agent = new UserAgent({
      transports: [network.transport('10.0.0.1', 5060, transport)],
      ...{ clock, timers: clock, random: seededRandom(3), logger: silentLogger },
      handlers: { onInvite: (session) => void this.received.push(session) },
    });
  }

  static async of(script: ProviderScript): Promise<Customer> {
    const customer = new Customer(script);
    await customer.provider.start();
    await customer.#agent.start();
    return customer;
  }

  async run(milliseconds = 100): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 5) {
      this.clock.advance(5);
      await new Promise(setImmediate);
    }
  }

  get credentials(): Credentials {
    const { account } = this.script;
    return { username: account?.authName ?? account?.username ?? '', password: account?.password ?? '' };
  }

  async register(seconds: number, parts: { server?: 1 | 2; credentials?: Credentials } = {}): Promise<number> {
    const { domain, account, transport } = this.script;
    this.#cseq += 10;
    const destination = { transport, address: `10.9.0.${parts.server ?? 1}`, port: 5060 };
    const answer = this.#agent.request({
      method: 'REGISTER',
      requestUri: `sip:${domain}`,
      destination,
      from: `<sip:${account?.username}@${domain}>`,
      to: `<sip:${account?.username}@${domain}>`,
      callId: 'r',
      cseq: this.#cseq,
      headers: [
        { name: 'Contact', value: this.#agent.contactFor(destination, 'trunk') },
        { name: 'Expires', value: String(seconds) },
      ],
      credentials: parts.credentials ?? this.credentials,
    });
    await this.run();
    return (await answer).status;
  }

  /** Status of the provider's final answer, or the last provisional one. */
  async dial(parts: { from?: string; headers?: readonly Header[]; server?: 1 | 2; sdp?: string }): Promise<number> {
    const { domain, transport } = this.script;
    const outcome = { status: 0 };
    const session = this.#agent.invite({
      requestUri: `sip:${spelled('+4930123456', this.script.outgoing.spellings[0]!)}@${domain}`,
      destination: { transport, address: `10.9.0.${parts.server ?? 1}`, port: 5060 },
      from: parts.from ?? `<sip:${this.own}@${domain}>`,
      to: `<sip:+4930123456@${domain}>`,
      headers: parts.headers ?? [this.identity()],
      credentials: this.credentials,
      body: sdpBody(parts.sdp ?? providerSdp(this.script)),
    });
    session.handle({
      provisional: (response) => (outcome.status = response.status),
      ended: (end) => (outcome.status = end.status ?? 0),
    });
    await this.run();
    return outcome.status;
  }

  get own(): string {
    return spelled(own, this.script.outgoing.identitySpellings[0]!);
  }

  identity(number = this.own): Header {
    const name =
      this.script.outgoing.identityIn === 'p-preferred-identity' ? 'P-Preferred-Identity' : 'P-Asserted-Identity';
    return { name, value: `<sip:${number}@${this.script.domain}>` };
  }
}

describe('the registrar of a provider', () => {
  it('takes the right password only, and 423 names the shortest time', async () => {
    const customer = await Customer.of(germanProviders['telekom-deutschlandlan-registering']);
    const { username } = customer.credentials;
    expect(await customer.register(600, { credentials: { username, password: 'falsch' } })).toBe(403);
    expect(await customer.register(120)).toBe(423);
    expect(await customer.register(3_600)).toBe(200);
    expect(customer.provider.registrar.binding?.server).toBe(0);
    await customer.run(661_000);
    expect(customer.provider.registrar.binding).toBeUndefined();
  });

  it('knows a digest name that is not the user name, with SHA-256', async () => {
    const customer = await Customer.of(germanProviders['generic-registering']);
    expect(await customer.register(600)).toBe(200);
    expect(await customer.register(0)).toBe(200);
    expect(customer.provider.registrar.binding).toBeUndefined();
  });

  it('goes wrong as told, for as long as told', async () => {
    const customer = await Customer.of(germanProviders.nfon);
    customer.provider.fail({
      method: 'REGISTER',
      answer: 503,
      headers: [{ name: 'Retry-After', value: '9' }],
      times: 1,
    });
    expect(await customer.register(600)).toBe(503);
    expect(await customer.register(600)).toBe(200);
    customer.provider.fail({ method: 'OPTIONS', answer: 'silence' });
    customer.provider.heal();
    const alive = customer.provider.ping();
    await customer.run();
    expect((await alive).status).toBe(200);
  });
});

describe('a call of the customer', () => {
  it('comes through when it is as the document asks', async () => {
    for (const full of Object.values<ProviderScript>(germanProviders)) {
      // How encryption is agreed on is the softswitch's own test.
      const script = { ...full, mediasec: false };
      const customer = await Customer.of(script);
      if (script.account) expect(await customer.register(600)).toBe(200);
      const account = `"${customer.own}" <sip:${script.account?.username}@${script.domain}>`;
      const from = script.outgoing.fromUser === 'account' ? { from: account } : {};
      expect([script.domain, await customer.dial(from)]).toEqual([script.domain, 180]);
      expect(customer.provider.calls[0]?.verdict).toMatchObject({ called: '+4930123456', shows: own });
    }
  });

  it('is forbidden at another server, without identity, with a foreign one, in a foreign spelling', async () => {
    const customer = await Customer.of(germanProviders['telekom-deutschlandlan-registering']);
    expect(await customer.dial({})).toBe(403);
    await customer.register(600);
    expect(await customer.dial({ server: 2 })).toBe(403);
    expect(await customer.dial({ headers: [] })).toBe(403);
    expect(await customer.dial({ headers: [customer.identity('+49301')] })).toBe(403);
    expect(await customer.dial({ headers: [customer.identity('049999120')] })).toBe(403);
    expect(customer.provider.refusals.map((refusal) => refusal.why)).toEqual([
      'not registered',
      'another server holds the registration',
      ...Array<string>(3).fill('p-preferred-identity names no number of the customer'),
    ]);
  });

  it('gets 488 without keys where SRTP is asked for, and with keys where it is not spoken', async () => {
    const strict = await Customer.of({ ...germanProviders['telekom-companyflex'], mediasec: false });
    await strict.register(600);
    expect(await strict.dial({ sdp: providerSdp(germanProviders.nfon) })).toBe(488);
    const plain = await Customer.of(germanProviders.nfon);
    await plain.register(600);
    expect(await plain.dial({ sdp: providerSdp(germanProviders.sipgate) })).toBe(488);
  });

  it('hides and forwards as the document says', async () => {
    const customer = await Customer.of(germanProviders.sipgate);
    await customer.register(600);
    const from = '"4930777" <sip:1234567t0@sipconnect.sipgate.de>';
    const diversion = { name: 'Diversion', value: '<sip:4949999130@sipconnect.sipgate.de>' };
    expect(await customer.dial({ from, headers: [customer.identity(), diversion] })).toBe(180);
    expect(customer.provider.calls[0]?.verdict).toMatchObject({ shows: own, forwardedBy: `${customerBlock}130` });
    await customer.dial({ from, headers: [customer.identity(), { name: 'Privacy', value: 'id' }] });
    expect(customer.provider.calls[1]?.verdict?.shows).toBe('anonymous');
  });
});

describe('a call of a citizen', () => {
  it('is written as the document says', async () => {
    const customer = await Customer.of(germanProviders.nfon);
    expect(() => customer.provider.call(own, {})).toThrow('not registered');
    await customer.register(600);
    customer.provider.call(own, { from: '+41234567891' });
    customer.provider.call(own, { from: '+41234567891', anonymous: true });
    await customer.run();
    const [shown, hidden] = customer.received.map((session) => session.invite);
    expect(shown!.uri).toContain('sip:trunk@10.0.0.1');
    expect(headerValue(shown!, 'To')).toContain('sip:004949999120@');
    expect(headerValue(shown!, 'P-Asserted-Identity')).toContain('sip:0041234567891@');
    expect(headerValue(hidden!, 'From')).toContain('anonymous@anonymous.invalid');
    expect(headerValue(hidden!, 'P-Asserted-Identity')).toBeUndefined();
  });
});

it('reads what it writes, in each spelling', () => {
  for (const number of ['+4949999120', '+41234567891'])
    for (const spelling of ['plus', 'zeros', 'bare'] as const)
      expect(readSpelled(spelled(number, spelling), [spelling])).toBe(number);
  expect(spelled('+4949999120', 'national')).toBe('049999120');
  expect(spelled('+41234567891', 'national')).toBe('0041234567891');
  expect(readSpelled('anonymous', ['plus', 'zeros', 'bare', 'national'])).toBeUndefined();
});
