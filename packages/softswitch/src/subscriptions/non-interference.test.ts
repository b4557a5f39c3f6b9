import { silentLogger } from '@amtsleitung/base';
import { seededRandom } from '@amtsleitung/base/testing';
import {
  CallDirector,
  DirectoryHolder,
  DirectoryWriter,
  HotDesk,
  HotlineService,
  LampBoard,
  LineOccupancy,
  ParkingLot,
  PhoneSettings,
  PresenceService,
} from '@amtsleitung/domain';
import { MemoryAgentLogins, MemoryEventLog, sampleTown } from '@amtsleitung/domain/testing';
import { printMessage } from '@amtsleitung/sip';
import type { SipRequest } from '@amtsleitung/sip';
import { describe, expect, it } from 'vitest';
import { audio, device, TestHouse, TestLamps, trunk, WatchingPhone } from '../testing/index.ts';
import type { PhoneCall, TestPhone } from '../testing/index.ts';

const rethrow = (error: unknown): never => {
  throw error;
};

/** A house with everything that decides about calls and lamps, as the server wires it. */
async function wholeHouse(): Promise<TestHouse> {
  const directory = new DirectoryHolder();
  const people = ['anna', 'ben', 'dora'] as const;
  directory.replace(sampleTown({ devices: people.map((id) => device(`${id}-desk`, id)), trunks: [trunk] }));
  const house = new TestHouse({ options: { directory } });
  const { clock, softswitch } = house;
  const lines = new LineOccupancy(rethrow);
  const parking = new ParkingLot(rethrow);
  const shared = {
    ...{ clock, timers: clock, random: seededRandom(5), logger: silentLogger, directory, lines, parking },
    ...{ reachability: softswitch.reachability, events: new MemoryEventLog() },
  };
  const store = {
    ...{ savePerson: () => Promise.resolve(), saveDevice: () => Promise.resolve() },
    load: (tenantId: string) => Promise.resolve(directory.byTenant(tenantId)),
  };
  const writer = new DirectoryWriter({ ...shared, store });
  const settings = new PhoneSettings({ ...shared, writer });
  const pins = { hash: (pin: string) => Promise.resolve(pin), verify: () => Promise.resolve(false) };
  const hotDesk = new HotDesk({ ...shared, writer, settings, pins });
  const hotlines = new HotlineService({ ...shared, logins: new MemoryAgentLogins() });
  const presence = new PresenceService({ ...shared, hotlines, writer });
  const director = new CallDirector({
    ...{ ...shared, settings, hotDesk, hotlines, control: softswitch.calls },
    ...{ trunkStates: { isUsable: () => true }, discardRecording: () => {} },
  });
  softswitch.onLegEvent((event) => director.handle(event));
  softswitch.show({ lamps: new LampBoard({ ...shared, presence }), messages: new TestLamps().messages });
  await softswitch.start();
  return house;
}

interface World {
  readonly house: TestHouse;
  readonly anna: TestPhone;
  readonly ben: TestPhone;
  readonly provider: TestPhone;
}

/** What Dora's phone hears of Anna's line: every NOTIFY but for the random branch of its Via, and when it came. */
async function heardBy(story: (world: World) => Promise<void>): Promise<readonly string[]> {
  const house = await wholeHouse();
  const [anna, ben, dora] = await Promise.all(
    ['anna', 'ben', 'dora'].map((id, index) => house.phone(`${id}-desk`, `10.0.1.${index + 1}`)),
  );
  for (const phone of [anna!, ben!, dora!]) await house.after(phone.register());
  const provider = await house.provider();
  const watching = new WatchingPhone(house, dora!, '10.0.1.3');
  const heard: string[] = [];
  watching.onNotify = (notify) => heard.push(`${house.clock.monotonic()} ${withoutBranch(notify)}`);
  for (const event of ['dialog', 'presence']) await watching.subscribe(event, '120');
  await house.run(10_000 - house.clock.monotonic());
  await story({ house, anna: anna!, ben: ben!, provider });
  await house.run(5_000);
  return heard;
}

const withoutBranch = (notify: SipRequest): string =>
  new TextDecoder().decode(printMessage(notify)).replace(/branch=[^;\r]*/g, 'branch');

/** The same call at Anna's phone, whoever is at the other end. */
async function talk(house: TestHouse, call: PhoneCall, theirs: PhoneCall, hangUp: 'anna' | 'other'): Promise<void> {
  await house.run(3_040);
  await house.after(call.reoffer(audio('sendonly')));
  await house.run(3_000);
  await house.after(call.reoffer(audio()));
  await house.run(3_000);
  (hangUp === 'anna' ? call : theirs).session.bye();
}

const callsAnna =
  (caller: 'ben' | 'provider' | 'anonymous', hangUp: 'anna' | 'other') =>
  async ({ house, anna, ben, provider }: World): Promise<void> => {
    const headers = caller === 'anonymous' ? [{ name: 'Privacy', value: 'id' }] : [];
    const theirs = caller === 'ben' ? ben.dial('120') : provider.dial('+49620521120', { headers });
    await house.run(2_040);
    anna.answer();
    await talk(house, anna.call, theirs, hangUp);
  };

const annaCalls =
  (called: 'ben' | 'provider', hangUp: 'anna' | 'other') =>
  async ({ house, anna, ben, provider }: World): Promise<void> => {
    const call = anna.dial(called === 'ben' ? '121' : '01713920001');
    await house.run(2_040);
    const phone = called === 'ben' ? ben : provider;
    phone.answer();
    await talk(house, call, phone.call, hangUp);
  };

const givesUp =
  (caller: 'ben' | 'provider') =>
  async ({ house, ben, provider }: World): Promise<void> => {
    const theirs = caller === 'ben' ? ben.dial('120') : provider.dial('+49620521120');
    await house.run(4_040);
    theirs.session.cancel();
  };

describe('a colleague’s lamp', () => {
  it.each(['anna', 'other'] as const)('tells the same of a call from inside and outside, ended by %s', async (by) => {
    const [inside, ...outside] = [
      await heardBy(callsAnna('ben', by)),
      await heardBy(callsAnna('provider', by)),
      await heardBy(callsAnna('anonymous', by)),
    ];
    expect(inside!.length).toBeGreaterThanOrEqual(6);
    for (const world of outside) expect(world).toEqual(inside);
  });

  it.each(['anna', 'other'] as const)('tells the same of a call to inside and outside, ended by %s', async (by) => {
    const inside = await heardBy(annaCalls('ben', by));
    expect(inside.length).toBeGreaterThanOrEqual(4);
    expect(await heardBy(annaCalls('provider', by))).toEqual(inside);
  });

  it('tells the same of a call nobody took', async () => {
    expect(await heardBy(givesUp('provider'))).toEqual(await heardBy(givesUp('ben')));
  });
});

describe('what a lamp is told', () => {
  it('holds no number, no name and no address of anybody else', async () => {
    const told = (await heardBy(callsAnna('provider', 'other'))).join();
    expect(told).not.toMatch(/6205|provider|ben|10\.0\.5|10\.0\.1\.[12]/);
    expect(told).toContain('direction="recipient"');
    expect(told.match(/direction="initiator"/)).toBeNull();
  });
});
