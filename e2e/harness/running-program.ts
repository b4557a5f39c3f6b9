import { spawn, type ChildProcess } from 'node:child_process';

const rememberedLines = 2000;

/** A test run that dies must not leave its programs behind. */
const living = new Set<RunningProgram>();
process.once('exit', () => living.forEach((program) => program.signal('SIGKILL')));

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The program gets a process group of its own, so that it ends with everything it started. */
  readonly group?: boolean;
  /** Runs as this user; only root may ask for it. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** It takes commands on its standard input; see `type`. */
  readonly input?: boolean;
}

/** A real program that a test started, with its output as lines. Ends only what it started itself. */
export class RunningProgram {
  readonly name: string;
  readonly exited: Promise<number | undefined>;
  /** It has ended and everything it said has been read. */
  readonly finished: Promise<number | undefined>;
  readonly #child: ChildProcess;
  readonly #group: boolean;
  readonly #listeners = new Set<(line: string, stream: 'stdout' | 'stderr') => void>();
  readonly lines: string[] = [];
  #running = true;

  constructor(name: string, args: readonly string[], options: ProgramOptions = {}) {
    this.name = name;
    this.#group = options.group ?? false;
    this.#child = spawn(name, [...args], {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: [options.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      detached: this.#group,
      ...options.user,
    });
    living.add(this);
    this.#read('stdout');
    this.#read('stderr');
    this.finished = new Promise((resolve) => this.#child.once('close', (code) => resolve(code ?? undefined)));
    this.exited = new Promise((resolve) => {
      const ended = (code?: number | null) => {
        this.#running = false;
        living.delete(this);
        resolve(code ?? undefined);
      };
      this.#child.once('exit', ended);
      this.#child.once('error', (error) => {
        this.#line(`${name}: ${error.message}`, 'stderr');
        ended();
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get running(): boolean {
    return this.#running;
  }

  /** One line on its standard input. */
  type(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  onLine(listener: (line: string, stream: 'stdout' | 'stderr') => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The first line, past or to come, that matches. Rejects when the program ends or the time (ms) is over. */
  untilLine(pattern: RegExp, timeout: number): Promise<string> {
    const past = this.lines.find((line) => pattern.test(line));
    if (past !== undefined) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        stop();
        settle();
      };
      const stop = this.onLine((line) => pattern.test(line) && end(() => resolve(line)));
      const fail = (why: string) =>
        end(() => reject(new Error(`${this.name} ${why} before ${pattern}\n${this.tail()}`)));
      const timer = setTimeout(() => fail(`took over ${timeout} ms`), timeout);
      void this.exited.then((code) => fail(`ended (${code ?? 'by signal'})`));
    });
  }

  /** The last lines, for a failed test to show. */
  tail(count = 40): string {
    return this.lines.slice(-count).join('\n');
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.#running || this.pid === 0) return;
    try {
      process.kill(this.#group ? -this.pid : this.pid, signal);
    } catch {
      // It ended in between.
    }
  }

  /** SIGTERM; SIGKILL when it has not ended after `patience` milliseconds. Resolves with the exit code. */
  async stop(patience = 10_000): Promise<number | undefined> {
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.signal('SIGKILL'), patience);
    const code = await this.exited;
    clearTimeout(timer);
    return code;
  }

  #read(stream: 'stdout' | 'stderr'): void {
    let rest = '';
    this.#child[stream]?.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) this.#line(line, stream);
    });
  }

  #line(line: string, stream: 'stdout' | 'stderr'): void {
    this.lines.push(line);
    if (this.lines.length > rememberedLines) this.lines.shift();
    for (const listener of [...this.#listeners]) listener(line, stream);
  }
}
