import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminRoutes, callRoutes, hotlineRoutes, type CallRecordView } from '@amtsleitung/contract';
import { FrameClock, TestPhone, sineSource, type TestCall } from '@amtsleitung/simulator';
import { systemClock, systemTimers } from '@amtsleitung/base';
import type { ApiClient } from './harness/api-client.ts';
import { House } from './harness/house.ts';
import { processesUsing } from './harness/own-processes.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, provider, readyAgent, town } from './harness/town.ts';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'restart' });
});
afterAll(() => house.tearDown());

interface Seat {
  readonly name: string;
  readonly extension: string;
  readonly phone: TestPhone;
}

const frames = new FrameClock(systemClock, systemTimers);

/** Twenty people with a registered phone each that picks up by itself: all who can sign in, and colleagues. */
async function twentySeats(): Promise<readonly Seat[]> {
  const admin = await house.signIn(town.admin);
  const { people } = await admin.call(adminRoutes.overview);
  const withLine = people.filter(({ extension }) => extension !== undefined);
  const chosen = [...withLine.filter(({ login }) => login), ...withLine.filter(({ login }) => !login)].slice(0, 20);
  return Promise.all(
    chosen.map(async (person) => {
      const body = { personId: person.id, siteId: person.siteId, label: 'Tischtelefon' };
      const secret = await admin.call(adminRoutes.createDevice, { body });
      const account = { user: secret.sipUser, password: secret.password, domain: secret.sipDomain };
      const says = () => sineSource(tones.desk);
      const server = house.address.sip;
      const phone = await TestPhone.open({ server, account, says, frames, whenCalled: 'answer' });
      await phone.mustRegister();
      return { name: `${person.firstName} ${person.lastName}`, extension: person.extension!, phone };
    }),
  );
}

const lastCall = async (api: ApiClient): Promise<CallRecordView | undefined> =>
  (await api.call(callRoutes.list, { query: { limit: 1 } })).calls[0];
const stepKinds = (record: CallRecordView | undefined) => record?.steps.map(({ kind }) => kind) ?? [];

describe('kill -9 in the middle of twenty calls', () => {
  it('loses no acknowledged event, finds the phones again and closes what was open', async () => {
    const trunk = await provider(house);
    const seats = await twentySeats();
    const dial = (): Promise<readonly TestCall[]> =>
      Promise.all(
        seats.map(({ extension }, index) =>
          trunk.call(`${town.head}${extension}`, { from: citizenNumber(index), says: sineSource(tones.citizen) }),
        ),
      );
    const before = await dial();
    await Promise.all(before.map((call) => call.untilAnswered()));
    await Promise.all(before.map((call) => call.rtp.untilHears(tones.desk)));

    const names = (await house
      .visitor()
      .fetch('/api/entrance')
      .then((answer) => answer.json())) as {
      demoPeople: { name: string }[];
    };
    const signedIn = await Promise.all(
      seats
        .filter(({ name }) => names.demoPeople.some((person) => person.name === name))
        .map(({ name }) => house.signIn(name)),
    );
    expect(signedIn.length).toBeGreaterThan(8);
    const acknowledged: (CallRecordView | undefined)[] = [];
    for (const api of signedIn) {
      await expect.poll(async () => stepKinds(await lastCall(api)), { timeout: 5000 }).toContain('call-connected');
      acknowledged.push(await lastCall(api));
    }

    await house.killServer();
    await house.startAgain();
    const ready = performance.now();
    const after = await dial();
    await Promise.all(after.map((call) => call.untilAnswered(5000)));
    expect(performance.now() - ready).toBeLessThan(5000);
    await Promise.all(after.map((call) => call.rtp.untilHears(tones.desk)));

    for (const [index, api] of signedIn.entries()) {
      const earlier = acknowledged[index]!;
      await expect
        .poll(async () => {
          const { calls } = await api.call(callRoutes.list, { query: { limit: 5 } });
          return calls.find(({ callId }) => callId === earlier.callId)?.outcome;
        })
        .toBe('interrupted');
      const { calls } = await api.call(callRoutes.list, { query: { limit: 5 } });
      const record = calls.find(({ callId }) => callId === earlier.callId)!;
      expect(stepKinds(record)).toEqual([...stepKinds(earlier), 'call-ended']);
    }
    after.forEach((call) => call.hangUp());
    await Promise.all(after.map((call) => call.untilEnded()));
    await Promise.all(seats.map(({ phone }) => phone.close()));
  });
});

describe('a clean restart', () => {
  it('keeps registrations, sessions and hotline logins, and leaves nothing running', async () => {
    const phone = await deskPhone(house, town.mira.name, { whenCalled: 'answer' });
    const mira = await readyAgent(house, town.mira.name);
    const data = house.address.data;
    expect(await house.stop()).toBe(0);
    expect(processesUsing(data)).toEqual([]);

    await house.startAgain();
    const { hotlines } = await mira.call(hotlineRoutes.mine);
    expect(hotlines.find(({ name }) => name === town.hotline.name)?.loggedIn).toBe(true);
    const trunk = await provider(house);
    const citizen = await trunk.call(`${town.head}${town.hotline.extension}`, {
      from: citizenNumber(60),
      says: sineSource(tones.citizen),
    });
    const call = await phone.untilCalled();
    await Promise.all([citizen.rtp.untilHears(tones.desk), call.rtp.untilHears(tones.citizen)]);
    citizen.hangUp();
    await call.untilEnded();
  });

  it('a call in progress is told when the house stops', async () => {
    const trunk = await provider(house);
    const phone = await deskPhone(house, town.pia.name, { whenCalled: 'answer' });
    const citizen = await trunk.call(`${town.head}${town.pia.extension}`, { from: citizenNumber(61) });
    const call = await phone.untilCalled();
    await citizen.untilAnswered();
    const stopped = house.stop();
    await Promise.all([citizen.untilEnded(), call.untilEnded()]);
    expect(await stopped).toBe(0);
    await house.startAgain();
  });
});
