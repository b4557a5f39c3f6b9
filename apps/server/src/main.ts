import { StoreError } from '@amtsleitung/store';
import { startHouse } from './compose.ts';
import { readConfig } from './config.ts';
import { StartupError } from './startup-error.ts';
import { announce } from './announce.ts';
import { storeSentence } from './store-sentence.ts';

const stopWithin = 20_000;

function sentenceOf(error: unknown): string {
  if (error instanceof StoreError) return storeSentence(error);
  if (error instanceof StartupError) return error.message;
  return (error as Error).stack ?? String(error);
}

/** Prints what a person can do about it; only the unexpected shows where it came from. */
function fail(error: unknown): never {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(error instanceof StartupError || error instanceof StoreError ? error.exitCode : 70);
}

async function main(): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < 24) {
    throw new StartupError(69, 'Der Server braucht Node 24: Starten Sie ihn mit „npm start“, das bringt es mit.');
  }
  if (process.getuid?.() === 0) {
    throw new StartupError(
      77,
      'Der Server läuft nie als root: Starten Sie ihn mit „npm start“ oder als Dienst („npm run service“).',
    );
  }
  // Whatever is written from here on, by the database and the media process too, is for this user alone.
  process.umask(0o077);
  const config = readConfig(process.argv.slice(2), process.env, process.stderr.isTTY);
  const starting = startHouse(config);
  // From now on there is something to end, also when the house is told to stop before it is ready.
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), stopWithin).unref();
    starting.then((house) => house.stop()).then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // As for other services: look again. Here that is for towns founded meanwhile, and for renewed certificates.
  process.on('SIGHUP', () => {
    starting.then((house) => Promise.all([house.takeInNewTowns(), house.renewCertificates()])).catch(() => undefined);
  });
  const house = await starting;
  if (!stopping) announce(house.info, config, (line) => process.stdout.write(`${line}\n`));
}

// A dead terminal or reader must not end the house.
process.on('SIGHUP', () => {});
process.stdout.on('error', () => {});
main().catch(fail);
