import { setTimeout as pause } from 'node:timers/promises';
import { TestTrunk, sineSource } from '@amtsleitung/simulator';
import type { House } from '../e2e/harness/house.ts';
import { openCallCentre } from './call-centre.ts';
import type { Figure } from './figures.ts';
import { cpuMilliseconds, processesOf } from './machine.ts';

const steps = [10, 25, 50, 75, 100, 150];
const listenSeconds = 5;
const allowedLoss = 0.001;

/**
 * Calls between trunk and desk phones, G.711 both ways, more and more at once, until packets are missing. The generator of both ends runs on
 * the same cores, so this is a lower bound.
 */
export async function bridgedCalls(house: House): Promise<readonly Figure[]> {
  const centre = await openCallCentre(house, steps.at(-1)!, false);
  const trunk = await TestTrunk.open({ server: house.address.sip });
  let carried = 0;
  let cpuShare = 0;
  const open: Awaited<ReturnType<TestTrunk['call']>>[] = [];
  const agents: typeof open = [];
  for (const step of steps) {
    while (open.length < step) {
      const place = open.length;
      const call = await trunk.call(centre.numberOf(place), { from: '+493023125000', says: sineSource(440) });
      const agent = await centre.phones[place]!.untilCalled(30_000);
      await agent.untilAnswered(10_000);
      open.push(call);
      agents.push(agent);
    }
    const result = await listen(house, [...open, ...agents]);
    if (result.loss > allowedLoss) break;
    carried = step;
    cpuShare = result.cpu / (listenSeconds * 1000) / step;
  }
  for (const call of open) call.hangUp();
  await Promise.all(open.map((call) => call.untilEnded(10_000).catch(() => undefined)));
  await trunk.close();
  await centre.close();
  return [
    { name: `bridged G.711 calls with < 0.1 % loss (steps ${steps.join(', ')})`, unit: 'calls', value: carried },
    { name: 'CPU per bridged call at that number', unit: '% of a core', value: 100 * cpuShare },
  ];
}

/** Share of packets that did not come in a few seconds of everybody talking, and the CPU used meanwhile. */
async function listen(house: House, ends: readonly { readonly rtp: { readonly packetsReceived: number } }[]) {
  const processes = processesOf(house.address);
  const cpuBefore = cpuMilliseconds(processes);
  const before = ends.map((end) => end.rtp.packetsReceived);
  const started = performance.now();
  await pause(listenSeconds * 1000);
  const expected = (performance.now() - started) / 20;
  const received = ends.map((end, place) => end.rtp.packetsReceived - before[place]!);
  const missing = received.reduce((sum, count) => sum + Math.max(0, expected - 2 - count), 0);
  return { loss: missing / (expected * ends.length), cpu: cpuMilliseconds(processes) - cpuBefore };
}
