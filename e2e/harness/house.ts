import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sessionRoutes } from '@amtsleitung/contract';
import { ApiClient } from './api-client.ts';
import { freeHousePort } from './free-port.ts';
import { RunningProgram } from './running-program.ts';
import { tempFolder } from './temp-folder.ts';

export const checkout = fileURLToPath(new URL('../..', import.meta.url));
const pinnedNode = join(checkout, 'node_modules/.bin/node');
/** The Node that the product brings with it. */
export const bundledNode = existsSync(pinnedNode) ? pinnedNode : process.execPath;

/** What the house prints on stdout when it is ready. */
export interface HouseAddress {
  readonly pid: number;
  readonly http: string;
  readonly sip: {
    readonly host: string;
    readonly udp: number;
    readonly tcp: number;
    readonly tls?: number;
    readonly domain: string;
  };
  readonly media: { readonly host: string; readonly browserPort: number };
  readonly data: string;
  readonly demo: boolean;
  readonly setupLink?: string;
}

export interface HouseOptions {
  /** Folder topic for the temporary data. */
  readonly topic: string;
  readonly empty?: boolean;
  /** Starts on this data folder, which its owner removes, instead of an own one. */
  readonly data?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The product, started as a user starts it, on random ports with its own data folder. */
export class House {
  readonly #options: HouseOptions;
  readonly #folder: ReturnType<typeof tempFolder>;
  #program: RunningProgram;
  #address: HouseAddress;
  readonly #sessions = new Map<string, Promise<ApiClient>>();

  private constructor(options: HouseOptions, folder: ReturnType<typeof tempFolder>, started: Started) {
    this.#options = options;
    this.#folder = folder;
    this.#program = started.program;
    this.#address = started.address;
  }

  static async start(options: HouseOptions): Promise<House> {
    const folder = tempFolder(options.topic);
    try {
      return new House(options, folder, await launch(options, options.data ?? join(folder.path, 'data')));
    } catch (error) {
      folder.remove();
      throw error;
    }
  }

  get address(): HouseAddress {
    return this.#address;
  }

  /** `127.0.0.1:5060`, as SIPp and friends want it. */
  get sipTarget(): string {
    return `${this.#address.sip.host}:${this.#address.sip.udp}`;
  }

  /** The last lines of its log. */
  log(lines = 60): string {
    return this.#program.tail(lines);
  }

  /** Every line it has logged (the last 2000). */
  get lines(): readonly string[] {
    return this.#program.lines;
  }

  visitor(): ApiClient {
    return new ApiClient(this.#address.http);
  }

  /** A demo person's session, the same one whenever asked again: signing in is limited per minute. */
  signIn(name: string): Promise<ApiClient> {
    const known = this.#sessions.get(name);
    if (known) return known;
    const session = this.signInAfresh(name);
    this.#sessions.set(name, session);
    return session;
  }

  /** Signs a demo person in by name, as one click on the sign-in page does. */
  async signInAfresh(name: string): Promise<ApiClient> {
    const client = this.visitor();
    const entrance = await client.call(sessionRoutes.entrance);
    const person = entrance.demoPeople.find((someone) => someone.name === name);
    if (!person) throw new Error(`no demo person ${name} among ${entrance.demoPeople.map((p) => p.name).join(', ')}`);
    await client.call(sessionRoutes.signInDemo, { body: { personId: person.personId } });
    return client;
  }

  /** `kill -9` of the server process alone; media and database are left as they are. */
  async killServer(): Promise<void> {
    process.kill(this.#address.pid, 'SIGKILL');
    await this.#program.exited;
  }

  /** Starts again on the same data and the same ports. */
  async startAgain(): Promise<void> {
    const { http, sip, media } = this.#address;
    const ports = ['--http-port', new URL(http).port, '--sip-port', String(sip.udp)];
    const more = ['--media-port', String(media.browserPort)];
    const started = await launch(this.#options, this.#address.data, [...ports, ...more]);
    this.#program = started.program;
    this.#address = started.address;
  }

  /** SIGTERM, as systemd does. Resolves with the exit code. */
  stop(): Promise<number | undefined> {
    return this.#program.stop(20_000);
  }

  /** Clean stop and removal of all its data; for `afterAll`. */
  async tearDown(): Promise<void> {
    await this.stop();
    this.#folder.remove();
  }
}

interface Started {
  readonly program: RunningProgram;
  readonly address: HouseAddress;
}

async function launch(options: HouseOptions, data: string, chosenPorts?: readonly string[]): Promise<Started> {
  const ports = chosenPorts ?? (await freePorts());
  const program = runHouse([...ports, '--data', data, ...(options.empty ? ['--empty'] : []), ...(options.args ?? [])], {
    ...options.env,
  });
  try {
    const line = await program.untilLine(/^\{.*"http":/, 120_000);
    return { program, address: JSON.parse(line) as HouseAddress };
  } catch (error) {
    await program.stop();
    throw error;
  }
}

async function freePorts(): Promise<readonly string[]> {
  const flags = ['--http-port', '--sip-port', '--media-port'];
  const ports = await Promise.all(flags.map(() => freeHousePort()));
  return flags.flatMap((flag, index) => [flag, String(ports[index])]);
}

/** `npm start -- --json …` without waiting for anything; for the stories about refused starts. */
export function runHouse(args: readonly string[], env: Readonly<Record<string, string>> = {}): RunningProgram {
  return new RunningProgram(bundledNode, [join(checkout, 'scripts/start.mjs'), '--json', ...args], {
    cwd: checkout,
    env,
  });
}
