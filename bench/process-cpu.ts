import type { Figure } from './figures.ts';
import { cpuMilliseconds, processesOf } from './machine.ts';

/** Starts measuring a house's CPU; the returned function gives it per piece of work, all processes together and each. */
export function cpuMeter(house: Parameters<typeof processesOf>[0]): (what: string, count: number) => readonly Figure[] {
  const processes = processesOf(house);
  const [, ...parts] = processes;
  // Media and database are children of the server, or of one that ended before it.
  const read = () => [cpuMilliseconds(processes), ...parts.map((pid) => cpuMilliseconds([pid]))];
  const before = read();
  return (what, count) => {
    const [all = 0, ...others] = read().map((milliseconds, place) => (milliseconds - before[place]!) / count);
    const server = all - others.reduce((sum, one) => sum + one, 0);
    return [
      { name: `CPU per ${what}, all processes`, unit: 'ms', value: all },
      ...[server, ...others].map((value, place) => ({ name: `CPU per ${what}, ${names[place]}`, unit: 'ms', value })),
    ];
  };
}

const names = ['server', 'media', 'database'];
