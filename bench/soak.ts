import { readFileSync } from 'node:fs';
import type { House } from '../e2e/harness/house.ts';
import { openStage } from './calls.ts';
import type { Figure } from './figures.ts';
import { quantile } from './figures.ts';

const rounds = 20;
const callsPerRound = 10_000;
const callsPerSecond = 250;
/** Timers of RFC 3261 keep what a call needed for this long. */
const restMilliseconds = 40_000;

/** 200,000 calls in 20 rounds: what the server holds at the end is compared with what it held after the first quarter. */
export async function soak(house: House): Promise<readonly Figure[]> {
  const stage = await openStage(house);
  const held: number[] = [];
  let failed = 0;
  try {
    for (let round = 0; round < rounds; round++) {
      const { result } = await stage.run({ scenario: 'trunk-call', calls: callsPerRound, rate: callsPerSecond });
      failed += result.failed;
      await new Promise((resolve) => setTimeout(resolve, restMilliseconds));
      held.push(memoryOf(house.address.pid));
      process.stderr.write(`soak ${round + 1}/${rounds}: ${held.at(-1)!.toFixed(0)} MB\n`);
    }
  } finally {
    await stage.close();
  }
  const quarter = rounds / 4;
  const [early, late] = [held.slice(quarter - 1, 2 * quarter), held.slice(-quarter)];
  return [
    { name: `failed of ${rounds * callsPerRound}`, unit: 'calls', value: failed },
    { name: 'memory after a quarter of the calls', unit: 'MB', value: quantile(early, 0.5) },
    { name: 'memory at the end', unit: 'MB', value: quantile(late, 0.5) },
    { name: 'growth', unit: '%', value: 100 * (quantile(late, 0.5) / quantile(early, 0.5) - 1) },
  ];
}

/** Resident memory of a process in megabytes. */
export function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
