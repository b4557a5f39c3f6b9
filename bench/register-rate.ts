import type { TestPhone } from '@amtsleitung/simulator';
import type { House } from '../e2e/harness/house.ts';
import { openCallCentre } from './call-centre.ts';
import type { Figure } from './figures.ts';
import { cpuMilliseconds, processesOf } from './machine.ts';

const phones = 20;
const rounds = 50;

/** Phones refresh their registrations with digest (challenge and answer each time) as fast as they are answered. */
export async function registerRate(house: House): Promise<readonly Figure[]> {
  const centre = await openCallCentre(house, phones, false);
  const processes = processesOf(house.address);
  const cpuBefore = cpuMilliseconds(processes);
  const started = performance.now();
  await Promise.all(centre.phones.map((phone) => refresh(phone)));
  const seconds = (performance.now() - started) / 1000;
  const cpu = cpuMilliseconds(processes) - cpuBefore;
  await centre.close();
  return [
    { name: 'REGISTER with digest, accepted', unit: '/s', value: (phones * rounds) / seconds },
    { name: 'CPU per REGISTER, all processes', unit: 'ms', value: cpu / (phones * rounds) },
  ];
}

async function refresh(phone: TestPhone): Promise<void> {
  for (let round = 0; round < rounds; round++) await phone.mustRegister();
}
