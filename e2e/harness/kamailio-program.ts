import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { RunningProgram } from './running-program.ts';
import { tempFolder } from './temp-folder.ts';

const nobody = { uid: 65_534, gid: 65_534 } as const;

/** Debian's Kamailio with a configuration of its own, which says `note: ready`; unprivileged, gone with the test. */
export class KamailioProgram {
  readonly #folder: string;
  #program: RunningProgram;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#program = launch(folder);
  }

  static async start(topic: string, configuration: string): Promise<KamailioProgram> {
    const folder = tempFolder(topic);
    writeFileSync(join(folder.path, 'kamailio.cfg'), configuration);
    const kamailio = new KamailioProgram(folder.path);
    onTestFinished(async () => {
      await kamailio.kill();
      folder.remove();
    });
    await kamailio.untilNoted(/ready/);
    return kamailio;
  }

  /** What it noted since its last start. */
  get notes(): readonly string[] {
    return this.#program.lines.flatMap((line) => /note: (.*)$/.exec(line)?.[1] ?? []);
  }

  async untilNoted(note: RegExp, timeout = 10_000): Promise<void> {
    await this.#program.untilLine(new RegExp(`note: ${note.source}`), timeout);
  }

  /** `kill -9`: it says nothing to anybody. */
  async kill(): Promise<void> {
    this.#program.signal('SIGKILL');
    await this.#program.exited;
  }

  /** Starts again at the same place, knowing nothing. */
  async startAgain(): Promise<void> {
    this.#program = launch(this.#folder);
    await this.untilNoted(/ready/);
  }

  log(lines = 40): string {
    return this.#program.tail(lines);
  }
}

function launch(folder: string): RunningProgram {
  const user = process.getuid?.() === 0 ? { user: nobody } : {};
  const args = ['-f', join(folder, 'kamailio.cfg'), '-DD', '-E', '-m', '32', '-M', '4'];
  return new RunningProgram('kamailio', args, { cwd: '/', group: true, ...user });
}
