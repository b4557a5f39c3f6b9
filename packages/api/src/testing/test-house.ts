import { hashHex, silentLogger } from '@amtsleitung/base';
import { VirtualClock, seededRandom } from '@amtsleitung/base/testing';
import { DirectoryWriter, HotDesk, PhoneSettings, type TownDirectory } from '@amtsleitung/domain';
import type { ApiOptions } from '../api-options.ts';
import { createApi, type Api } from '../create-api.ts';
import { hashPassword } from '../session/password-hasher.ts';
import { createPinHasher } from '../session/pin-hasher.ts';
import {
  FakeAgentDesk,
  FakeCredentials,
  FakePhone,
  FakePresence,
  FakeReachability,
  MemoryEvents,
} from './fake-telephony.ts';
import { FakeTrunkStates } from './fake-trunk-states.ts';
import { MemoryDirectory } from './memory-directory.ts';
import {
  MemoryAlerts,
  MemoryCalls,
  MemoryFigures,
  MemoryMessages,
  MemoryPasswords,
  MemorySessions,
  MemoryTraces,
} from './memory-stores.ts';
import { TestBrowser } from './test-browser.ts';
import { buildTown } from './town.ts';

export const everybodysPassword = 'kastanie-im-hof';
let knownHash: Promise<string> | undefined;

/** A served API over memory: two towns, `berg` and `tal`, on a clock that stands still. */
export class TestHouse {
  readonly clock = new VirtualClock();
  readonly directory: MemoryDirectory;
  readonly sessions = new MemorySessions();
  readonly passwords: MemoryPasswords;
  readonly messages = new MemoryMessages();
  readonly calls = new MemoryCalls();
  readonly figures = new MemoryFigures();
  readonly alerts = new MemoryAlerts();
  readonly traces = new MemoryTraces();
  readonly trunkStates = new FakeTrunkStates();
  readonly events = new MemoryEvents();
  readonly phone = new FakePhone();
  readonly desk: FakeAgentDesk;
  readonly presence = new FakePresence();
  readonly reachability = new FakeReachability();
  readonly credentials = new FakeCredentials();
  readonly files = new Map<string, Uint8Array>();
  readonly sipUpgrades: string[] = [];
  /** While true every store fails. */
  storeAway = false;
  readonly api: Api;

  private constructor(towns: readonly TownDirectory[], more: Partial<ApiOptions>) {
    this.directory = new MemoryDirectory(towns);
    const { holder } = this.directory;
    this.passwords = new MemoryPasswords(
      (tenantId, login) => holder.byTenant(tenantId)?.people.find((person) => person.login === login)?.id,
    );
    this.desk = new FakeAgentDesk(
      (hotlineId) =>
        holder
          .all()
          .flatMap(({ hotlines }) => hotlines)
          .find(({ id }) => id === hotlineId)?.memberIds ?? [],
    );
    this.api = createApi({ ...this.#ports(), ...more });
  }

  static async open(more: Partial<ApiOptions> = {}, towns?: readonly TownDirectory[]): Promise<TestHouse> {
    const house = new TestHouse(towns ?? [buildTown('berg', '+49499921'), buildTown('tal', '+49499931')], more);
    knownHash ??= hashPassword(everybodysPassword);
    const people = house.directory.holder.all().flatMap((town) => town.people);
    for (const { id, login } of people) if (login) await house.passwords.set(id, await knownHash);
    await house.api.listen({ host: '127.0.0.1', port: 0 });
    return house;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.api.address!.port}`;
  }

  browser(): TestBrowser {
    return new TestBrowser(this.origin);
  }

  /** Signs in as e.g. `mira.berg`. */
  async signedIn(login: string): Promise<TestBrowser> {
    const browser = this.browser();
    const answer = await browser.post('/api/session', { login, password: everybodysPassword });
    if (answer.status !== 200) throw new Error(`${login}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return browser;
  }

  /** The domain's own services over the directory in memory. */
  #ownPhones(): Pick<ApiOptions, 'writer' | 'settings' | 'hotDesk'> {
    const { clock, events } = this;
    const directory = this.directory.holder;
    const common = { clock, timers: clock, logger: silentLogger, directory };
    const writer = new DirectoryWriter({ ...common, store: this.directory });
    const settings = new PhoneSettings({ clock, directory, writer });
    const pins = createPinHasher();
    return {
      writer,
      settings,
      hotDesk: new HotDesk({ ...common, random: seededRandom(8), writer, settings, events, pins }),
    };
  }

  #ports(): ApiOptions {
    const { clock, directory } = this;
    return {
      ...this.#ownPhones(),
      directory: directory.holder,
      directoryStore: this.#switchable(directory),
      reloadDirectory: directory.reload,
      passwords: this.#switchable(this.passwords),
      sessions: this.#switchable(this.sessions),
      phone: this.phone,
      agentDesk: this.desk,
      presence: this.presence,
      reachability: this.reachability,
      calls: this.#switchable(this.calls),
      messages: this.#switchable(this.messages),
      figures: this.#switchable(this.figures),
      alerts: this.#switchable(this.alerts),
      traces: this.#switchable(this.traces),
      trunkStates: this.trunkStates,
      trunkPresets: [],
      certificates: () => [{ use: 'https', names: ['pbx.example'], expiresAt: 86_400_000, selfSigned: true }],
      events: this.events,
      browserCredentials: this.credentials,
      deviceSecrets: {
        hash: (user, realm, password) => ({
          md5: hashHex('md5', `${user}:${realm}:${password}`),
          sha256: hashHex('sha256', `${user}:${realm}:${password}`),
        }),
      },
      readMessageFile: async (file) => this.files.get(file),
      removeMessageFile: async (file) => void this.files.delete(file),
      sipUpgrade: (request, socket) => {
        this.sipUpgrades.push(request.url ?? '');
        socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
      },
      sip: { server: 'pbx.example', port: 5060 },
      clock,
      timers: clock,
      random: seededRandom(7),
      logger: silentLogger,
      behindProxy: false,
      signInsPerMinute: 10_000,
    };
  }

  #switchable<Store extends object>(store: Store): Store {
    return new Proxy(store, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          if (this.storeAway) throw new Error('connection refused');
          return Reflect.apply(member, target, args) as unknown;
        };
      },
    });
  }
}
