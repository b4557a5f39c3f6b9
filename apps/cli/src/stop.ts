import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { processMark } from '@amtsleitung/server';
import { runningServer } from './data-folder.ts';
import { UsageError } from './usage-error.ts';

const patienceMilliseconds = 30_000;

/** `stop [--data DIR]`: asks the running server to end cleanly and waits until it has. */
export async function stop(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } } });
  const { pid } = runningServer(values.data);
  const mark = processMark(pid);
  process.kill(pid, 'SIGTERM');
  process.stdout.write(`Der Server (Prozess ${pid}) beendet sich.\n`);
  const deadline = performance.now() + patienceMilliseconds;
  while (mark !== undefined && processMark(pid) === mark) {
    if (performance.now() > deadline) throw new UsageError(`Der Server (Prozess ${pid}) hat sich nicht beendet.`, 75);
    await sleep(100);
  }
}
