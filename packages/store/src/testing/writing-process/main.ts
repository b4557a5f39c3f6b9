import { openStore } from '../../open-store.ts';
import { EventScript } from '../sample-events.ts';
import { sampleTown, saveTown } from '../sample-town.ts';

/**
 * Publishes events without pause and prints the id of each one that is acknowledged: what was printed must be there
 * whenever this process is killed. Arguments: data folder, seed.
 */
const [dataFolder, seed] = process.argv.slice(2);
const store = await openStore({ dataFolder: dataFolder! });
await saveTown(store.directory, sampleTown('a'));
store.spool.onAcknowledged((event) => process.stdout.write(`${event.id}\n`));
const script = new EventScript('a', Date.now(), Number(seed));
for (;;) {
  for (const event of script.hotlineCall(
    `c${script.event({ kind: 'agent-paused', personId: 'a-ada' }).id}`,
    'l',
    'a-ada',
  )) {
    store.spool.publish(event);
  }
  await new Promise((next) => setTimeout(next, 2));
}
