import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { House } from '../e2e/harness/house.ts';
import { messagesOfCall, openStage } from './calls.ts';
import type { Figure } from './figures.ts';

const rounds = 8;
const callsPerSecond = 350;
/** Timers of RFC 3261 keep what a call needed for this long. */
const restMilliseconds = 35_000;

/** Many calls, 200,000 unless asked for fewer: what the server holds at the end is compared with what it held after the first quarter. */
export async function soak(house: House, calls: number): Promise<readonly Figure[]> {
  const stage = await openStage(house);
  let [failed, retransmitted] = [0, 0];
  const rounded = async (count: number): Promise<number> => {
    for (let round = 0; round < count; round++) {
      const load = { calls: Math.ceil(calls / rounds), rate: callsPerSecond };
      const { result } = await stage.run({ scenario: 'trunk-call', ...load });
      failed += result.failed;
      retransmitted += result.retransmitted;
      process.stderr.write(`soak: ${memoryOf(house.address.pid).toFixed(0)} MB\n`);
    }
    await pause(restMilliseconds);
    return memoryOf(house.address.pid);
  };
  try {
    const early = await rounded(rounds / 4);
    const late = await rounded(rounds - rounds / 4);
    return [
      { name: `failed of ${calls}`, unit: 'calls', value: failed },
      { name: 'retransmissions', unit: '%', value: (100 * retransmitted) / (messagesOfCall * calls) },
      { name: 'memory after a quarter of the calls', unit: 'MB', value: early },
      { name: 'memory at the end', unit: 'MB', value: late },
      { name: 'growth', unit: '%', value: 100 * (late / early - 1) },
    ];
  } finally {
    await stage.close();
  }
}

/** Resident memory of a process in megabytes. */
export function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
