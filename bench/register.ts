import { fileURLToPath } from 'node:url';
import { freeUdpPort } from '../e2e/harness/free-port.ts';
import type { House } from '../e2e/harness/house.ts';
import { RunningProgram } from '../e2e/harness/running-program.ts';
import type { Figure } from './figures.ts';
import { cpuMilliseconds } from './machine.ts';
import type { BenchPhone } from './phone-accounts.ts';
import { phoneAccounts, registerRows } from './phone-accounts.ts';
import { cpuMeter } from './process-cpu.ts';
import { SippLoad } from './sipp-load.ts';

const phones = 100;
const registrations = 20_000;
const settings = fileURLToPath(new URL('./kamailio/registrar.cfg', import.meta.url));

/** SIPp refreshes registrations (challenge, answer, 200) as fast as they are answered: ours, then Kamailio's beside it. */
export async function register(house: House): Promise<readonly Figure[]> {
  const accounts = await phoneAccounts(house, phones);
  await load(house.sipTarget, accounts, 2_000);
  const cpuOf = cpuMeter(house.address);
  const ours = await load(house.sipTarget, accounts, registrations);
  const cpu = cpuOf('REGISTER with digest', registrations);
  const yardstick = await kamailio();
  return [
    { name: 'REGISTER with digest, accepted', unit: '/s', value: ours.succeeded / ours.seconds },
    ...cpu,
    { name: 'failed', unit: 'REGISTERs', value: ours.failed },
    { name: 'retransmitted', unit: '%', value: (100 * ours.retransmitted) / (2 * registrations) },
    { name: 'Kamailio, accepted', unit: '/s', value: yardstick.rate },
    { name: 'Kamailio, CPU per REGISTER with digest', unit: 'ms', value: yardstick.cpu },
    { name: 'our CPU / that of Kamailio', unit: 'times', value: cpu[0]!.value / yardstick.cpu },
  ];
}

async function kamailio(): Promise<{ readonly rate: number; readonly cpu: number }> {
  const port = await freeUdpPort();
  const program = new RunningProgram('kamailio', ['-f', settings, '-l', `udp:127.0.0.1:${port}`, '-DD', '-E'], {
    group: true,
  });
  try {
    const people = Array.from({ length: phones }, (_, place) => `phone${place}`);
    const accounts = people.map((user) => ({ user, password: 'yardstick', domain: 'yardstick.example' }));
    await load(`127.0.0.1:${port}`, accounts, 2_000);
    const before = cpuMilliseconds([program.pid]);
    const result = await load(`127.0.0.1:${port}`, accounts, registrations);
    const cpu = (cpuMilliseconds([program.pid]) - before) / registrations;
    return { rate: result.succeeded / result.seconds, cpu };
  } finally {
    await program.stop();
  }
}

async function load(target: string, accounts: readonly Omit<BenchPhone, 'number'>[], calls: number) {
  const port = await freeUdpPort();
  const run = SippLoad.start({
    scenario: 'register',
    target,
    host: '127.0.0.1',
    port,
    calls,
    rate: 20_000,
    atOnce: 60,
    domain: accounts[0]!.domain,
    rows: registerRows(accounts),
  });
  return run.done();
}
