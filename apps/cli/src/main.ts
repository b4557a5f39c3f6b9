import { StoreError, storeSentence } from '@amtsleitung/server';
import { backup, restore } from './backup.ts';
import { call } from './call.ts';
import { service } from './service.ts';
import { stop } from './stop.ts';
import { UsageError } from './usage-error.ts';

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<void> | void>> = {
  backup,
  call,
  restore,
  service,
  stop,
};

async function main(): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) throw new UsageError(`Befehle: ${Object.keys(commands).join(', ')}`);
  await command(args);
}

main().catch((error: unknown) => {
  if (error instanceof StoreError) {
    process.stderr.write(`${storeSentence(error)}\n`);
    process.exit(error.exitCode);
  }
  const { message, exitCode } = error as Partial<UsageError>;
  const code = (error as NodeJS.ErrnoException).code;
  // parseArgs names the wrong flag itself.
  const expected = exitCode !== undefined || code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${expected ? message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(exitCode ?? 64);
});
