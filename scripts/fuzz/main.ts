// npm run fuzz -- --seconds 60 --seed 1: broken messages into living calls, in this process, repeatable by its seed.
import { parseArgs } from 'node:util';
import { Fuzz } from '@amtsleitung/sip/testing';

const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } });
const seconds = Number(values.seconds ?? 60);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!(seconds > 0) || !Number.isInteger(seed)) {
  process.stderr.write('npm run fuzz -- --seconds N --seed S\n');
  process.exit(2);
}
/** Milliseconds of work, not of waiting: other programs must not make a message look slow. */
const worked = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};
const fuzz = new Fuzz(seed, worked);
const end = performance.now() + seconds * 1_000;
let rounds = 0;
while (performance.now() < end && fuzz.faults.length === 0) {
  await fuzz.round();
  rounds++;
}
process.stdout.write(`${fuzz.sent} messages in ${rounds} rounds, seed ${seed}: ${fuzz.faults.length} faults\n`);
for (const { what, bytes } of fuzz.faults) process.stdout.write(`${what}\n${bytes}\n`);
process.exit(fuzz.faults.length > 0 ? 1 : 0);
