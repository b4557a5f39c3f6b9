import { hotlineRoutes } from '@amtsleitung/contract';
import type { House } from '../e2e/harness/house.ts';
import { LiveClient } from '../e2e/harness/live-client.ts';
import type { Figure } from './figures.ts';
import { quantile } from './figures.ts';

const changes = 60;

/** One browser pauses and resumes; how long until another screen of the same person shows it. Includes the HTTP request. */
export async function eventToScreen(house: House): Promise<readonly Figure[]> {
  const agent = await house.signIn('Mira Meldewesen');
  const screen = await LiveClient.open(agent.copy());
  await screen.until('hotlines', () => true);
  const delays: number[] = [];
  for (let change = 0; change < changes; change++) {
    const paused = change % 2 === 0;
    const started = performance.now();
    const shown = screen.until('hotlines', (mine) => mine.paused === paused);
    await agent.call(hotlineRoutes.setPaused, { body: { paused } });
    await shown;
    delays.push(performance.now() - started);
  }
  screen.close();
  return [
    { name: 'command to another screen, p50', unit: 'ms', value: quantile(delays, 0.5) },
    { name: 'command to another screen, p99', unit: 'ms', value: quantile(delays, 0.99) },
  ];
}
