import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { existsSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { freeUdpPort } from './free-port.ts';
import { RunningProgram } from './running-program.ts';
import { tempFolder } from './temp-folder.ts';

const scenarios = fileURLToPath(new URL('../sipp', import.meta.url));

export interface SippOptions {
  /** File name below e2e/sipp without `.xml`. */
  readonly scenario: string;
  /** `address:port` of the house. */
  readonly target: string;
  /** Source address; the demo trunk is known as 127.0.0.2. */
  readonly host?: string;
  readonly transport?: 'udp' | 'tcp';
  readonly count?: number;
  /** Calls per second. */
  readonly rate?: number;
  /** Most calls at once; default 200. */
  readonly atOnce?: number;
  /** Values of `[name]` in the scenario. */
  readonly keys?: Readonly<Record<string, string | number>>;
  /** What `[authentication]` in the scenario answers challenges with. */
  readonly credentials?: { readonly user: string; readonly password: string };
  /** Request-URI that it is answered for, without `sip:`. */
  readonly authenticates?: string;
  /** Source port; default any free one. */
  readonly port?: number;
  /** Seconds until SIPp gives up and fails. */
  readonly patience?: number;
}

/** One SIPp run, ended with the test that started it. `done` resolves when every call went exactly by its scenario, else rejects with SIPp's own words. */
export class Sipp {
  readonly done: Promise<void>;
  readonly host: string;
  readonly port: number;
  readonly #program: RunningProgram;
  readonly #folder: ReturnType<typeof tempFolder>;
  readonly #run: string;
  #nudges = 0;

  private constructor(
    program: RunningProgram,
    folder: ReturnType<typeof tempFolder>,
    run: string,
    host: string,
    port: number,
  ) {
    this.#run = run;
    this.#program = program;
    this.#folder = folder;
    this.host = host;
    this.port = port;
    this.done = program.exited.then((code) => this.#judge(code));
    // A story that fails earlier must not be drowned by this one.
    this.done.catch(() => {});
  }

  static async start(options: SippOptions): Promise<Sipp> {
    const folder = tempFolder('sipp');
    const run = randomUUID();
    const host = options.host ?? '127.0.0.2';
    const port = options.port ?? (await freeUdpPort(host));
    const keys = Object.entries(options.keys ?? {}).flatMap(([name, value]) => ['-key', name, String(value)]);
    const args = [options.target, '-sf', join(scenarios, `${options.scenario}.xml`), '-i', host, '-p', String(port)];
    args.push('-t', options.transport === 'tcp' ? 't1' : 'u1', '-nostdin', '-cid_str', `call%u-${run}@sipp.example`);
    args.push('-m', String(options.count ?? 1), '-r', String(options.rate ?? 1), '-l', String(options.atOnce ?? 200));
    args.push('-timeout', `${options.patience ?? 90}s`, '-timeout_error', '-max_retrans', '8', ...keys);
    const { credentials } = options;
    if (credentials)
      args.push('-au', credentials.user, '-ap', credentials.password, '-auth_uri', options.authenticates ?? '');
    for (const [trace, file] of traces) args.push(`-trace_${trace}`, `-${file}_file`, join(folder.path, file));
    const environment = { TERM: 'dumb' };
    const program = new RunningProgram('sipp', args, { cwd: folder.path, env: environment });
    const sipp = new Sipp(program, folder, run, host, port);
    onTestFinished(() => sipp.#tearDown());
    return sipp;
  }

  /** Lets a scenario go on that waits at `<recv request="INFO">`. `call` counts from 1. */
  nudge(call = 1): Promise<void> {
    const cseq = 100 + this.#nudges++;
    const lines = [
      `INFO sip:provider@${this.host}:${this.port} SIP/2.0`,
      `Via: SIP/2.0/UDP ${this.host}:9;branch=z9hG4bKnudge${cseq}`,
      `From: <sip:test@${this.host}>;tag=test`,
      `To: <sip:provider@${this.host}>`,
      `Call-ID: call${call}-${this.#run}@sipp.example`,
      `CSeq: ${cseq} INFO`,
      'Content-Length: 0',
    ];
    const socket = createSocket('udp4');
    return new Promise((resolve, reject) => {
      socket.send(`${lines.join('\r\n')}\r\n\r\n`, this.port, this.host, (error) => {
        socket.close();
        if (error) reject(error);
        else resolve();
      });
    });
  }

  /** Waits for a `<log message>` of the scenario, `times` of it. */
  untilLogged(message: string, timeout = 15_000, times = 1): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.logged().split(message).length > times) end(resolve);
      };
      const watcher = watch(this.#folder.path, look);
      const timer = setTimeout(
        () => end(() => reject(new Error(`SIPp: no "${message}"\n${this.describe()}`))),
        timeout,
      );
      const end = (settle: () => void) => {
        watcher.close();
        clearTimeout(timer);
        settle();
      };
      void this.#program.exited.then(() => {
        look();
        end(() => reject(new Error(`SIPp ended before "${message}"\n${this.describe()}`)));
      });
      look();
    });
  }

  /** Everything the scenario logged. */
  logged(): string {
    return this.#file('log');
  }

  /** Every SIP message, both ways, as SIPp wrote them down. */
  messages(): string {
    return this.#file('message');
  }

  describe(): string {
    return `${this.#file('error')}\n${this.messages().slice(-6000)}\n${this.#program.tail(30)}`;
  }

  async #tearDown(): Promise<void> {
    this.#program.signal('SIGKILL');
    await this.#program.exited;
    this.#folder.remove();
  }

  #judge(code: number | undefined): void {
    if (code !== 0) throw new Error(`SIPp ended with ${code ?? 'a signal'}\n${this.describe()}`);
  }

  #file(name: string): string {
    const path = join(this.#folder.path, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }
}

const traces = [
  ['msg', 'message'],
  ['err', 'error'],
  ['logs', 'log'],
] as const;
