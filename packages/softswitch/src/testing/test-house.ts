import { silentLogger } from '@amtsleitung/base';
import { seededRandom, VirtualClock } from '@amtsleitung/base/testing';
import type { LegEvent } from '@amtsleitung/domain';
import type { UserAgentOptions } from '@amtsleitung/sip';
import { LossyNetwork } from '@amtsleitung/sip/testing';
import { createSoftswitch } from '../create-softswitch.ts';
import type { SoftswitchOptions } from '../softswitch-options.ts';
import type { Softswitch } from '../softswitch.ts';
import { FakeMediaEngine } from './fake-media-engine.ts';
import { MemoryRegistrationStore } from './memory-registration-store.ts';
import { MemoryWebSockets } from './memory-web-sockets.ts';
import type { BrowserConnection } from './memory-web-sockets.ts';
import { browserAudio, TestPhone } from './test-phone.ts';
import { TestDirectory, trunk } from './test-town.ts';

const houseAddress = { transport: 'udp', address: '10.0.0.1', port: 5060 } as const;

/** A softswitch with phones, browsers and a provider around it, all in memory and on one virtual clock. */
export class TestHouse {
  readonly clock: VirtualClock;
  readonly network: LossyNetwork;
  readonly webSockets: MemoryWebSockets;
  readonly engine = new FakeMediaEngine();
  readonly directory = new TestDirectory();
  readonly store: MemoryRegistrationStore;
  readonly events: LegEvent[] = [];
  readonly softswitch: Softswitch;
  #seed = 100;

  constructor(
    parts: {
      readonly before?: TestHouse;
      readonly options?: Partial<SoftswitchOptions>;
      /** Addresses of its own SIP proxies. */
      readonly proxies?: readonly string[];
    } = {},
  ) {
    this.clock = parts.before?.clock ?? new VirtualClock();
    this.network = parts.before?.network ?? new LossyNetwork(this.clock, seededRandom(1));
    this.store = parts.before?.store ?? new MemoryRegistrationStore();
    this.webSockets = new MemoryWebSockets(this.clock);
    this.softswitch = createSoftswitch({
      listen: {
        host: '10.0.0.1',
        isAllowedOrigin: () => true,
        ...(parts.proxies ? { proxies: parts.proxies } : {}),
        transports: [this.network.transport(houseAddress.address, houseAddress.port), this.webSockets.server],
      },
      media: this.engine,
      directory: this.directory,
      registrationStore: this.store,
      clock: this.clock,
      timers: this.clock,
      random: seededRandom(2),
      logger: silentLogger,
      assetsFolder: '/nowhere',
      dataFolder: '/nowhere',
      ...parts.options,
    });
    this.softswitch.onLegEvent((event) => this.events.push(event));
  }

  /** A house that is open. */
  static async open(parts: ConstructorParameters<typeof TestHouse>[0] = {}): Promise<TestHouse> {
    const house = new TestHouse(parts);
    await house.softswitch.start();
    return house;
  }

  get calls(): Softswitch['calls'] {
    return this.softswitch.calls;
  }

  /** A desk phone at its own address; not registered yet. */
  async phone(user: string, host: string, port = 5060, agent: Partial<UserAgentOptions> = {}): Promise<TestPhone> {
    return this.#started({
      transport: this.network.transport(host, port),
      destination: houseAddress,
      user,
      password: `${user}-secret`,
      agent,
    });
  }

  /** A browser phone with a fresh credential; not registered yet. */
  async browser(personId: string, sessionId: string): Promise<BrowserConnection & { phone: TestPhone }> {
    const credential = this.softswitch.browserCredentials.issue({ sessionId, tenantId: 'town', personId });
    const connection = this.webSockets.connect();
    const { transport, destination } = connection;
    const { username: user, password } = credential;
    const phone = await this.#started({ transport, destination, user, password, sdp: browserAudio });
    return { ...connection, phone };
  }

  /** The provider behind the trunk. */
  provider(agent: Partial<UserAgentOptions> = {}): Promise<TestPhone> {
    const transport = this.network.transport(trunk.host, trunk.port);
    return this.#started({ transport, destination: houseAddress, user: 'provider', password: '', agent });
  }

  /** Lets time pass, so that messages arrive and timers fire. */
  async run(milliseconds = 20): Promise<void> {
    const step = Math.max(1, Math.floor(milliseconds / 400));
    for (let passed = 0; passed < milliseconds; passed += step) {
      this.clock.advance(step);
      await new Promise(setImmediate);
    }
  }

  /** What a promise of a phone gives, letting time pass until it does. */
  async after<Value>(promise: Promise<Value>): Promise<Value> {
    const outcome: { value?: Value; done: boolean } = { done: false };
    void promise.then((value) => Object.assign(outcome, { value, done: true }));
    for (let round = 0; round < 2_000 && !outcome.done; round++) await this.run(20);
    if (!outcome.done) throw new Error('It never came.');
    return outcome.value as Value;
  }

  /** Events of one leg as short words, e.g. `ended remote`. */
  told(leg: string): readonly string[] {
    return this.events.filter((event) => event.leg === leg).map(inWords);
  }

  /** The latest INVITE that reached the domain. */
  get incoming(): Extract<LegEvent, { kind: 'incoming' }> {
    const found = this.events.findLast((event) => event.kind === 'incoming');
    if (!found) throw new Error('No INVITE reached the domain.');
    return found;
  }

  async #started(parts: Omit<TestPhone['options'], 'clock' | 'seed'>): Promise<TestPhone> {
    const phone = new TestPhone({ ...parts, clock: this.clock, seed: this.#seed++ });
    await phone.start();
    return phone;
  }
}

const inWords = (event: LegEvent): string =>
  [
    event.kind,
    ...('by' in event ? [event.by] : []),
    ...('failure' in event && event.failure ? [event.failure.kind] : []),
    ...('digit' in event ? [event.digit] : []),
    ...('target' in event ? [event.target] : []),
  ].join(' ');
