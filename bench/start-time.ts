import type { TestPhone } from '@amtsleitung/simulator';
import { House } from '../e2e/harness/house.ts';
import type { Figure } from './figures.ts';
import { openCallCentre } from './call-centre.ts';

/** A first start with the demo town, and a second one until a phone's REGISTER is accepted. */
export async function startTime(): Promise<readonly Figure[]> {
  const started = performance.now();
  const house = await House.start({ topic: 'bench-start' });
  const first = performance.now() - started;
  try {
    const centre = await openCallCentre(house, 1, false);
    await house.stop();
    const again = performance.now();
    await house.startAgain();
    const ready = performance.now() - again;
    await (centre.phones[0] as TestPhone).mustRegister();
    const registered = performance.now() - again;
    await centre.close();
    return [
      { name: 'first start with the demo town', unit: 'ms', value: first },
      { name: 'second start until ready', unit: 'ms', value: ready },
      { name: 'second start until the first accepted REGISTER', unit: 'ms', value: registered },
    ];
  } finally {
    await house.tearDown();
  }
}
