import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { House } from '../e2e/harness/house.ts';
import { bridgedCalls } from './bridged-calls.ts';
import { eventToScreen } from './event-to-screen.ts';
import { calls } from './calls.ts';
import type { Figure } from './figures.ts';
import { median } from './figures.ts';
import { idleMeter, machine } from './machine.ts';
import { parsePrint } from './parse-print.ts';
import { register } from './register.ts';
import { registeredPhones } from './registered-phones.ts';
import { setUpLatency } from './set-up-latency.ts';
import { soak } from './soak.ts';
import { startTime } from './start-time.ts';

/** Below this idle share of all cores a run is marked busy: its figures say more about the neighbours. */
const busyBelow = 0.2;

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  options: { runs: text, calls: text, devices: text },
  allowPositionals: true,
});
/** What the long ones do unless asked for less. */
const soakCalls = Number(values.calls ?? 200_000);
const registeredDevices = Number(values.devices ?? 2_000);

const inAHouse = (measure: (house: House) => Promise<readonly Figure[]>) => async () => {
  const house = await House.start({ topic: 'bench' });
  try {
    return await measure(house);
  } finally {
    await house.tearDown();
  }
};

const benches: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  parse: parsePrint,
  'start-time': startTime,
  'event-to-screen': inAHouse(eventToScreen),
  register: inAHouse(register),
  calls: inAHouse(calls),
  'set-up-latency': inAHouse(setUpLatency),
  'bridged-calls': inAHouse(bridgedCalls),
};

/** They take more than ten minutes, so only when they are asked for, and once. */
const longBenches: typeof benches = {
  'registered-phones': inAHouse((house) => registeredPhones(house, registeredDevices)),
  soak: inAHouse((house) => soak(house, soakCalls)),
};

interface Run {
  readonly idle: number;
  readonly busy: boolean;
  readonly figures: readonly Figure[];
}

async function runsOf(name: string, count: number): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (let round = 1; round <= count; round++) {
    const idleOf = idleMeter();
    const figures = await (benches[name] ?? longBenches[name])!();
    const idle = idleOf();
    runs.push({ idle, busy: idle < busyBelow, figures });
    process.stderr.write(
      `${name} ${round}/${count}  idle ${(100 * idle).toFixed(0)} %${idle < busyBelow ? '  BUSY' : ''}\n`,
    );
  }
  return runs;
}

/** One row a figure: median, smallest, largest over all runs. */
function rowsOf(bench: string, runs: readonly Run[]) {
  return runs[0]!.figures.map(({ name, unit }, place) => {
    const values = runs.map((run) => run.figures[place]!.value);
    const short = (value: number) => Number(value.toPrecision(4));
    const range = { median: short(median(values)), min: short(Math.min(...values)), max: short(Math.max(...values)) };
    const idle = `${(100 * median(runs.map((run) => run.idle))).toFixed(0)} %`;
    return { bench, figure: name, unit, ...range, idle, busyRuns: runs.filter((run) => run.busy).length };
  });
}

const wanted = positionals.length > 0 ? positionals : Object.keys(benches);
const unknown = wanted.filter((name) => !benches[name] && !longBenches[name]);
if (unknown.length > 0) {
  process.stderr.write(
    `Unknown: ${unknown.join(', ')}. There are: ${Object.keys({ ...benches, ...longBenches }).join(', ')}\n`,
  );
  process.exit(64);
}
const results: Record<string, readonly Run[]> = {};
for (const name of wanted) results[name] = await runsOf(name, Number(values.runs ?? (longBenches[name] ? 1 : 5)));
const rows = Object.entries(results).flatMap(([name, runs]) => rowsOf(name, runs));
console.table(rows);
const folder = fileURLToPath(new URL('./results/', import.meta.url));
mkdirSync(folder, { recursive: true });
const at = new Date().toISOString();
writeFileSync(
  `${folder}${at.slice(0, 19).replaceAll(':', '-')}.json`,
  JSON.stringify({ at, machine, rows, results }, null, 1),
);
