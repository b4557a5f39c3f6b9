import type { Figure } from './figures.ts';
import { cpuMilliseconds, processesOf } from './machine.ts';

const names = ['server', 'media', 'database'];

/** Starts measuring a house's CPU; the returned function gives it per piece of work, all processes together and each. */
export function cpuMeter(house: Parameters<typeof processesOf>[0]): (what: string, count: number) => readonly Figure[] {
  const processes = processesOf(house);
  const read = () => processes.map((pid) => cpuMilliseconds([pid]));
  const before = read();
  return (what, count) => {
    const used = read().map((milliseconds, place) => (milliseconds - before[place]!) / count);
    const total = used.reduce((sum, one) => sum + one, 0);
    return [
      { name: `CPU per ${what}, all processes`, unit: 'ms', value: total },
      ...used.map((value, place) => ({ name: `CPU per ${what}, ${names[place] ?? 'other'}`, unit: 'ms', value })),
    ];
  };
}
