import { parseArgs } from 'node:util';
import { runningServer } from './data-folder.ts';

/** `stop [--data DIR]`: asks the running server to end cleanly. */
export function stop(args: readonly string[]): void {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } } });
  const { pid } = runningServer(values.data);
  process.kill(pid, 'SIGTERM');
  process.stdout.write(`Der Server (Prozess ${pid}) beendet sich.\n`);
}
