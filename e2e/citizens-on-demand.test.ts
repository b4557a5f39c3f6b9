import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { House, checkout } from './harness/house.ts';
import { RunningProgram } from './harness/running-program.ts';
import { tones } from './harness/tones.ts';
import { deskPhone, readyAgent, town, watch } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'citizens' });
});
afterAll(() => house.tearDown());

/** `npm run call -- …` as somebody types it. */
function runCall(...args: readonly string[]): RunningProgram {
  const script = join(checkout, 'scripts/run.mjs');
  const all = [script, 'apps/cli/src/main.ts', 'call', ...args, '--data', house.address.data];
  const program = new RunningProgram(process.execPath, all, { cwd: checkout, group: true });
  onTestFinished(async () => {
    await program.stop();
  });
  return program;
}

describe('npm run call', () => {
  it('brings a citizen who speaks, hears the answer and notices the end', async () => {
    const phone = await deskPhone(house, town.mira.name);
    await readyAgent(house, town.mira.name);
    const citizen = runCall('21-0');
    const call = await phone.untilCalled(20_000);
    await citizen.untilLine(/ist verbunden und spricht/, 5000);
    call.answer();
    await call.rtp.ear.untilHearsSomething([tones.desk]);
    call.hangUp();
    await citizen.untilLine(/das Rathaus hat aufgelegt/, 5000);
    expect(await citizen.exited).toBe(0);
  });

  it('makes a rush, and all give up together', async () => {
    await deskPhone(house, town.mira.name);
    const live = await watch(await readyAgent(house, town.mira.name));
    const citizens = runCall('04999 21-115', '--count', '5', '--rate', '10');
    await live.until('hotlines', ({ hotlines }) => hotlines.some(({ waiting }) => waiting === 5), 20_000);
    citizens.signal('SIGTERM');
    await live.until('hotlines', ({ hotlines }) => hotlines.every(({ waiting }) => waiting === 0));
    await citizens.exited;
  });

  it.each([
    ['no number at all', []],
    ['what is no number', ['Rathaus']],
    ['a negative rush', ['21-0', '--count', '-3']],
  ])('refuses %s in one sentence', async (_, args) => {
    const program = runCall(...args);
    expect(await program.exited).toBeGreaterThan(0);
    expect(program.lines.filter((line) => /^\s+at /.test(line))).toEqual([]);
    expect(program.lines.length).toBeGreaterThan(0);
  });
});
