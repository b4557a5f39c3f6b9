import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RunningProgram } from '../e2e/harness/running-program.ts';

const scenarios = fileURLToPath(new URL('./sipp/', import.meta.url));

export interface SippLoadOptions {
  /** File name below bench/sipp without `.xml`. */
  readonly scenario: string;
  /** `address:port` of who is measured; left out for a scenario that only answers. */
  readonly target?: string;
  readonly host: string;
  readonly port: number;
  readonly calls: number;
  /** Calls a second, and how many at once. */
  readonly rate: number;
  readonly atOnce: number;
  /** Domain that credentials are for; SIPp signs the address it sends to otherwise. */
  readonly domain?: string;
  /** Fields of the scenario's file, used in turn. */
  readonly rows?: readonly (readonly string[])[];
}

export interface SippLoadResult {
  readonly seconds: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly retransmitted: number;
  /** Milliseconds of the scenario's response timer, one a call. */
  readonly responseTimes: readonly number[];
}

/** A run of SIPp as the load generator; its own CPU is not part of any figure. */
export class SippLoad {
  readonly #program: RunningProgram;
  readonly #folder: string;
  readonly #startedAt = performance.now();

  private constructor(program: RunningProgram, folder: string) {
    this.#program = program;
    this.#folder = folder;
  }

  static start(options: SippLoadOptions): SippLoad {
    const folder = mkdtempSync(join(tmpdir(), 'amtsleitung-bench-sipp-'));
    const { target, host, port } = options;
    const args = [...(target ? [target] : []), '-sf', join(scenarios, `${options.scenario}.xml`)];
    args.push('-i', host, '-p', String(port), '-t', 'u1', '-nostdin', '-mp', '30000');
    args.push('-m', String(options.calls), '-r', String(options.rate), '-l', String(options.atOnce));
    args.push(
      '-timer_resol',
      '1',
      '-trace_stat',
      '-stf',
      join(folder, 'stat.csv'),
      '-fd',
      '1',
      '-timeout',
      '600s',
      '-buff_size',
      '4194304',
    );
    args.push('-recv_timeout', '20000', '-cid_str', `%u-%p-${String(port)}@%s`);
    if (options.domain) args.push('-auth_uri', options.domain);
    if (options.rows) {
      writeFileSync(join(folder, 'rows.csv'), `SEQUENTIAL\n${options.rows.map((row) => row.join(';')).join('\n')}\n`);
      args.push('-inf', join(folder, 'rows.csv'));
    }
    if (target) args.push('-trace_rtt', '-rtt_freq', '1');
    return new SippLoad(new RunningProgram('sipp', args, { cwd: folder, env: { TERM: 'dumb' } }), folder);
  }

  /** Waits until all calls are over. */
  async done(): Promise<SippLoadResult> {
    const code = await this.#program.exited;
    // 1: some call failed, which the figures tell.
    const hasRun = existsSync(join(this.#folder, 'stat.csv'));
    if ((code !== 0 && code !== 1) || !hasRun) throw new Error(`SIPp ended with ${code}\n${this.#program.tail(20)}`);
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const counts = lastRowOf(readFileSync(join(this.#folder, 'stat.csv'), 'utf8'));
    const count = (name: string) => Number(counts.get(name) ?? Number.NaN);
    const responseTimes = this.#responseTimes();
    rmSync(this.#folder, { recursive: true, force: true });
    return {
      seconds,
      succeeded: count('SuccessfulCall(C)'),
      failed: count('FailedCall(C)'),
      retransmitted: count('Retransmissions(C)'),
      responseTimes,
    };
  }

  /** Ends a scenario that only answers. */
  async stop(): Promise<void> {
    await this.#program.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #responseTimes(): readonly number[] {
    const file = readdirSync(this.#folder).find((name) => name.endsWith('_rtt.csv'));
    if (!file) return [];
    const rows = readFileSync(join(this.#folder, file), 'utf8').trim().split('\n').slice(1);
    return rows.map((row) => Number(row.split(';')[1])).filter((value) => Number.isFinite(value));
  }
}

function lastRowOf(csv: string): ReadonlyMap<string, string> {
  const lines = csv.trim().split('\n');
  const [names, values] = [lines[0]!.split(';'), lines.at(-1)!.split(';')];
  return new Map(names.map((name, place) => [name, values[place] ?? '']));
}
