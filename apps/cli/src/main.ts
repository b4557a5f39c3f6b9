import { StoreError, flagFault, storeSentence } from '@amtsleitung/server';
import { backup, restore } from './backup.ts';
import { call } from './call.ts';
import { erase } from './erase.ts';
import { service } from './service.ts';
import { stop } from './stop.ts';
import { tenant } from './tenant.ts';
import { UsageError } from './usage-error.ts';

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<void> | void>> = {
  backup,
  call,
  erase,
  restore,
  service,
  stop,
  tenant,
};

async function main(): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command)
    throw new UsageError(`Den Befehl „${name}“ gibt es nicht: Es gibt ${Object.keys(commands).join(', ')}.`);
  await command(args);
}

main().catch((error: unknown) => {
  if (error instanceof StoreError) {
    process.stderr.write(`${storeSentence(error)}\n`);
    process.exit(error.exitCode);
  }
  const { message, exitCode } = error as Partial<UsageError>;
  const fault = flagFault(error);
  const sentence =
    exitCode === undefined ? fault && `${fault}: Die Befehle stehen in docs/operations/README.md.` : message;
  process.stderr.write(`${sentence ?? (error as Error).stack ?? String(error)}\n`);
  process.exit(exitCode ?? (fault ? 64 : 70));
});
