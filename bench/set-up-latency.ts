import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseWav, sampleRate } from '@amtsleitung/media';
import type { TestCall, TestPhone } from '@amtsleitung/simulator';
import { TestTrunk } from '@amtsleitung/simulator';
import type { House } from '../e2e/harness/house.ts';
import type { CallCentre } from './call-centre.ts';
import { openCallCentre } from './call-centre.ts';
import type { Figure } from './figures.ts';
import { quantile } from './figures.ts';
import { cpuMilliseconds, processesOf } from './machine.ts';

const agents = 40;
const callsPerSecond = 20;
const calls = 200;
const talkMilliseconds = 500;
const greeting = new URL('../assets/prompts/de/greeting.wav', import.meta.url);

/**
 * 200 calls come by trunk at 20/s, hear the greeting, pass the queue and reach an agent whose phone answers at once and hangs up
 * after half a second. Calls are matched to answers in order, as the queue is first come, first served.
 */
export async function setUpLatency(house: House): Promise<readonly Figure[]> {
  const greetingMilliseconds = (1000 * parseWav(readFileSync(greeting)).length) / sampleRate;
  const centre = await openCallCentre(house, agents, true);
  const trunk = await TestTrunk.open({ server: house.address.sip });
  const processes = processesOf(house.address);
  const cpuBefore = cpuMilliseconds(processes);
  const answeredAt: number[] = [];
  const serving = centre.phones.map((phone) => serve(phone, () => answeredAt.push(performance.now())));
  const { invitedAt, firstAnswers } = await callInTurn(trunk, centre);
  const cpu = cpuMilliseconds(processes) - cpuBefore;
  await centre.close();
  await trunk.close();
  await Promise.all(serving);
  const waits = answeredAt.map((at, place) => at - invitedAt[place]! - greetingMilliseconds);
  return [
    { name: 'INVITE to our 200, p50', unit: 'ms', value: quantile(firstAnswers, 0.5) },
    { name: 'INVITE to our 200, p99', unit: 'ms', value: quantile(firstAnswers, 0.99) },
    { name: 'through queue to answered agent, without greeting, p50', unit: 'ms', value: quantile(waits, 0.5) },
    { name: 'through queue to answered agent, without greeting, p99', unit: 'ms', value: quantile(waits, 0.99) },
    { name: `answered of ${calls}`, unit: 'calls', value: answeredAt.length },
    { name: 'CPU per call, all processes', unit: 'ms', value: cpu / calls },
  ];
}

async function callInTurn(trunk: TestTrunk, centre: CallCentre) {
  const invitedAt: number[] = [];
  const firstAnswers: number[] = [];
  const ended: Promise<unknown>[] = [];
  for (let place = 0; place < calls; place++) {
    const started = performance.now();
    invitedAt.push(started);
    const call = await trunk.call(centre.number, { from: `+4917139200${String(place % 100).padStart(2, '0')}` });
    const answered = call.untilAnswered(20_000).then(() => firstAnswers.push(performance.now() - started));
    ended.push(answered.then(() => call.untilEnded(60_000)).catch(() => call.hangUp()));
    await pause(Math.max(0, (place + 1) * (1000 / callsPerSecond) - (performance.now() - invitedAt[0]!)));
  }
  await Promise.all(ended);
  return { invitedAt, firstAnswers };
}

/** Takes calls until the phone is closed or an hour of silence would pass. */
async function serve(phone: TestPhone, onAnswered: () => void): Promise<void> {
  for (let call = await next(phone); call; call = await next(phone)) {
    await call.untilAnswered(10_000);
    onAnswered();
    await pause(talkMilliseconds);
    call.hangUp();
  }
}

const next = (phone: TestPhone): Promise<TestCall | undefined> => phone.untilCalled(15_000).catch(() => undefined);
