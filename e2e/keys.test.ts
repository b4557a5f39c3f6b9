import { afterAll, beforeAll, beforeEach, afterEach, expect, it } from 'vitest';
import { TestTrunk, sineSource, type TestCall } from '@amtsleitung/simulator';
import { BrowserPhone } from './harness/browser-phone.ts';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { StaffPage } from './harness/staff-page.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, pointTrunk, town, tuneHotline } from './harness/town.ts';

type CommandMoment = 'always' | 'ringing' | 'call' | 'targets' | 'wrap-up';
interface Command {
  readonly id: string;
  readonly keys: readonly string[];
  readonly moment: CommandMoment;
}
// The table the app itself listens by; loaded, not type-checked here, because the app is built for browsers.
const catalogueFile = new URL('../apps/web/src/shared/keys/command-catalogue.ts', import.meta.url).href;
const { commandCatalogue } = (await import(catalogueFile)) as { commandCatalogue: readonly Command[] };

let house: House;
let phone: BrowserPhone;
let staff: StaffPage;
let trunk: TestTrunk;
let citizen: TestCall | undefined;

const numberAt: Readonly<Record<CommandMoment, string | undefined>> = {
  always: undefined,
  ringing: town.mira.extension,
  call: town.mira.extension,
  targets: town.mira.extension,
  'wrap-up': town.hotline.extension,
};

/** Brings the screen to the moment in which a command works. */
async function arrange(moment: CommandMoment): Promise<void> {
  const extension = numberAt[moment];
  if (extension === undefined) return;
  citizen = await trunk.call(`${town.head}${extension}`, { from: citizenNumber(1) });
  await staff.ringing().waitFor();
  if (moment === 'ringing') return;
  await staff.answer();
  await citizen.rtp.untilHears(tones.browser, 10_000);
  if (moment === 'targets') await staff.button('Weiterleiten').click();
  if (moment === 'wrap-up') {
    citizen.hangUp();
    await staff.button('Fertig, wieder frei').waitFor();
  }
}

const press = (key: string) => staff.page.keyboard.press(key);
const search = () => staff.page.getByRole('combobox', { name: 'Suchen und anrufen' });

const outcome = async (key: string, name: string): Promise<void> => {
  await press(key);
  await expect.poll(() => staff.page.getByRole('radio', { name }).isChecked()).toBe(true);
};

/** What each command must do. */
const effects: Readonly<Record<string, (key: string) => Promise<void>>> = {
  answer: async (key) => {
    await press(key);
    await citizen!.untilAnswered();
    await citizen!.rtp.untilHears(tones.browser, 10_000);
  },
  reject: async (key) => {
    await press(key);
    await staff.ringing().waitFor({ state: 'detached' });
  },
  hold: async (key) => {
    await press(key);
    await staff.page.getByText('Gehalten').first().waitFor();
    await citizen!.rtp.untilSilentOf(tones.browser);
    await press(key);
    await citizen!.rtp.untilHears(tones.browser);
  },
  mute: async (key) => {
    await press(key);
    await citizen!.rtp.untilSilentOf(tones.browser);
    await press(key);
    await citizen!.rtp.untilHears(tones.browser);
  },
  'hang-up': async (key) => {
    await press(key);
    await citizen!.untilEnded();
  },
  transfer: async (key) => {
    await press(key);
    await staff.button('Direkt verbinden').waitFor();
  },
  'connect-directly': async (key) => {
    const desk = await deskPhone(house, town.bodo.name);
    await staff.page.keyboard.type(town.bodo.extension);
    await press(key);
    await desk.untilCalled();
  },
  close: async (key) => {
    await press(key);
    await staff.button('Direkt verbinden').waitFor({ state: 'detached' });
    expect(citizen!.end).toBeUndefined();
  },
  'outcome-1': (key) => outcome(key, 'Erledigt'),
  'outcome-2': (key) => outcome(key, 'Weitergeleitet'),
  'outcome-3': (key) => outcome(key, 'Rückruf vereinbart'),
  'outcome-4': (key) => outcome(key, 'Falsche Stelle'),
  'outcome-5': (key) => outcome(key, 'Kein Gespräch'),
  'outcome-6': (key) => outcome(key, 'Anderes'),
  'finish-wrap-up': async (key) => {
    await press(key);
    await staff.page.getByText('Die Leitung ist frei').waitFor();
  },
  search: async (key) => {
    await press(key);
    await expect.poll(() => search().and(staff.page.locator(':focus')).count()).toBe(1);
  },
  help: async (key) => {
    await press(key);
    await staff.page.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor();
  },
};

story('every key of the key list does what the list says', ['chromium'], () => {
  beforeAll(async () => {
    house = await House.start({ topic: 'keys' });
    await tuneHotline(house, town.hotline.name, { wrapUpSeconds: 600 });
    trunk = await TestTrunk.open({ server: house.address.sip, says: () => sineSource(tones.citizen) });
    await pointTrunk(house, { host: trunk.host, port: trunk.port });
    phone = await BrowserPhone.open({ origin: house.address.http, tone: tones.browser });
    await phone.signIn(town.mira.name);
    staff = new StaffPage(phone.page);
    await staff.untilRegistered();
    await staff.logIn(town.hotline.name);
  });
  afterAll(async () => {
    await phone?.close();
    await trunk?.close();
    await house?.tearDown();
  });
  beforeEach(async () => {
    await staff.page.getByText('Die Leitung ist frei').waitFor();
  });
  afterEach(async () => {
    citizen?.hangUp();
    await citizen?.untilEnded();
    citizen = undefined;
    await press('Escape');
    const finish = staff.button('Fertig, wieder frei');
    if (await finish.isVisible()) await finish.click();
  });

  it('is tested', () => {
    expect(Object.keys(effects).sort()).toEqual(commandCatalogue.map(({ id }) => id).sort());
  });

  const entries = commandCatalogue.flatMap(({ id, moment, keys }) => keys.map((key) => ({ id, moment, key })));
  it.each(entries.filter(({ moment }) => moment !== 'wrap-up'))('$key: $id', async ({ id, moment, key }) => {
    await arrange(moment);
    await effects[id]!(key);
  });

  it('1 to 6 and Enter in the wrap-up of one call', async () => {
    await arrange('wrap-up');
    for (const { id, key } of entries.filter(({ moment }) => moment === 'wrap-up')) await effects[id]!(key);
  });
});
