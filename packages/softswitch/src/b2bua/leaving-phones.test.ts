import type { DialOptions, DialTarget } from '@amtsleitung/domain';
import { expect, it } from 'vitest';
import { TestHouse } from '../testing/index.ts';

const mira: DialTarget = { kind: 'person', personId: 'mira' };
const options: DialOptions = { caller: { number: '+491713920001' }, ringMilliseconds: 30_000, callId: 'call-1' };

/** Mira has taken the call `out` in her browser. */
async function inBrowser() {
  const house = await TestHouse.open();
  const { phone: browser, cut } = await house.browser('mira', 'session');
  await house.after(browser.register());
  house.calls.dial('out', mira, options);
  await house.run();
  browser.answer();
  await house.run();
  return { house, browser, cut };
}

it('a call is lost at once when its page closes', async () => {
  const { house, browser, cut } = await inBrowser();
  await house.after(browser.register({ expires: 0 }));
  expect(house.told('out')).toEqual(['answered']);
  cut();
  await house.run();
  expect(house.told('out')).toEqual(['answered', 'ended lost media-lost']);
});

it('a phone that signs off rings no longer', async () => {
  const house = await TestHouse.open();
  const desk = await house.phone('mira-desk', '10.0.1.1');
  const soft = await house.phone('mira-soft', '10.0.1.2');
  for (const phone of [desk, soft]) await house.after(phone.register());
  house.calls.dial('out', mira, options);
  await house.run();
  await house.after(desk.register({ expires: 0 }));
  expect(desk.call.end?.cause).toBe('cancelled');
  expect(house.told('out')).toEqual([]);
  await house.after(soft.register({ expires: 0 }));
  expect(house.told('out')).toEqual(['failed unreachable']);
});

it('a line that falters and recovers is told of', async () => {
  const { house } = await inBrowser();
  for (const kind of ['faltering', 'recovered'] as const) house.engine.emit({ kind, leg: 'out~0' });
  await house.run();
  expect(house.told('out')).toEqual(['answered', 'faltering', 'recovered']);
});
