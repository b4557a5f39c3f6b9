import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { TestPhone, TestTrunk, sineSource, type TestCall } from '@amtsleitung/simulator';
import { BrowserPhone } from './harness/browser-phone.ts';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { StaffPage } from './harness/staff-page.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, pointTrunk, town } from './harness/town.ts';

let house: House;
let phone: BrowserPhone;
let staff: StaffPage;
let trunk: TestTrunk;

const citizenCalls = (extension: string, index: number): Promise<TestCall> =>
  trunk.call(`${town.head}${extension}`, { from: citizenNumber(index) });

type Step = readonly [task: string, take: () => Promise<unknown>];

/** Ten things a person does, in order, by nothing but what is written on the screen. */
async function inTenSteps(steps: readonly Step[]): Promise<void> {
  expect(steps).toHaveLength(10);
  for (const [index, [task, take]] of steps.entries()) {
    try {
      await take();
    } catch (error) {
      throw new Error(`step ${index + 1} "${task}" failed: ${String(error)}`, { cause: error });
    }
  }
}

const text = (words: string | RegExp) => staff.page.getByText(words).filter({ visible: true }).first();
const field = (label: string) => staff.page.getByLabel(label, { exact: true });
const choose = async (label: string, choice: string): Promise<void> => {
  await staff.page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
  await staff.page.getByRole('option', { name: choice }).click();
};
/** In a section of "Verwaltung", reached by its tab. */
const section = async (name: string): Promise<void> => {
  await staff.page.getByRole('navigation', { name: 'Verwaltung' }).getByRole('link', { name }).click();
  await staff.page.getByRole('heading', { name, level: 1 }).waitFor();
};
const signOut = async (): Promise<void> => {
  await staff.button('Abmelden').click();
  await staff.page.getByRole('heading', { name: 'Vorführstadt ausprobieren' }).waitFor();
};

story('a person who has read no manual', ['chromium'], () => {
  beforeAll(async () => {
    house = await House.start({ topic: 'tasks' });
    trunk = await TestTrunk.open({ server: house.address.sip, says: () => sineSource(tones.citizen) });
    await pointTrunk(house, { host: trunk.host, port: trunk.port });
    phone = await BrowserPhone.open({ origin: house.address.http, tone: tones.browser });
    staff = new StaffPage(phone.page);
  });
  afterAll(async () => {
    await phone?.close();
    await trunk?.close();
    await house?.tearDown();
  });
  beforeEach(async () => {
    await phone.context.clearCookies();
    await phone.page.goto(house.address.http);
  });

  it('takes a citizen’s call, hands it on and finds it again (clerk)', async () => {
    const fritz = await deskPhone(house, town.fritz.name, { whenCalled: 'answer' });
    let citizen: TestCall;
    await inTenSteps([
      ['sign in as Mira Meldewesen', () => phone.signIn(town.mira.name)],
      ['log in to the hotline Bürgerservice', () => staff.logIn(town.hotline.name)],
      [
        'answer the next call',
        async () => {
          citizen = await citizenCalls(town.hotline.extension, 71);
          await staff.answer();
          await citizen.rtp.untilHears(tones.browser, 10_000);
        },
      ],
      [
        'put the citizen on hold',
        async () => {
          await staff.button('Halten').click();
          await citizen.rtp.untilSilentOf(tones.browser);
        },
      ],
      [
        'take the citizen back',
        async () => {
          await staff.button('Zurückholen').click();
          await citizen.rtp.untilHears(tones.browser);
        },
      ],
      [
        'hand the citizen on to whoever issues fishing licences',
        async () => {
          await staff.button('Weiterleiten').click();
          await staff.page.keyboard.type('Fischereischein');
          await text(town.fritz.name).waitFor();
          await staff.button('Direkt verbinden').click();
          await fritz.untilCalled();
          await citizen.rtp.untilHears(tones.desk, 10_000);
        },
      ],
      [
        'say how it went and be free again',
        async () => {
          await text('Weitergeleitet').click();
          await staff.button('Fertig, wieder frei').click();
          await text('Die Leitung ist frei').waitFor();
        },
      ],
      [
        'find the call and its way',
        async () => {
          await staff.open('Anrufe');
          await text('0171 3920071').click();
          await text('Weg des Anrufs').waitFor();
          await text('Klingelt bei Ihnen').waitFor();
          citizen.hangUp();
        },
      ],
      [
        'see whether Ute Umzug can be reached',
        async () => {
          await staff.open('Team');
          await staff.page.getByPlaceholder('Name, Sachgebiet oder Anliegen').fill('ummelden');
          await text('Ute Umzug').waitFor();
          await text('abwesend').waitFor();
        },
      ],
      ['go home', signOut],
    ]);
  });

  it('watches the hotline and helps out (team lead)', async () => {
    let citizen: TestCall;
    await inTenSteps([
      ['sign in as Lena Leitung', () => phone.signIn(town.lead)],
      ['open the board', () => staff.open('Tafel')],
      ['choose the hotline', () => staff.page.getByRole('radio', { name: town.hotline.name }).check({ force: true })],
      ['see that nobody waits', () => text('niemand wartet').waitFor()],
      [
        'help out in the hotline',
        async () => {
          await staff.open('Telefon');
          await staff.logIn(town.hotline.name);
        },
      ],
      [
        'answer a call',
        async () => {
          citizen = await citizenCalls(town.hotline.extension, 72);
          await staff.answer();
          await citizen.rtp.untilHears(tones.browser, 10_000);
        },
      ],
      [
        'hang up',
        async () => {
          await staff.button('Auflegen').click();
          await citizen.untilEnded();
        },
      ],
      [
        'be free again and leave the hotline',
        async () => {
          await staff.button('Fertig, wieder frei').click();
          await staff.hotlineSwitch(town.hotline.name).uncheck({ force: true });
          await text(/abgemeldet/).waitFor();
        },
      ],
      [
        'see today’s answered calls on the board',
        async () => {
          await staff.open('Tafel');
          await expect
            .poll(() => staff.page.getByRole('definition').first().textContent(), { timeout: 10_000 })
            .toMatch(/[1-9]/);
        },
      ],
      ['go home', signOut],
    ]);
  });

  it('brings a new colleague on the phone (administration)', async () => {
    let account: { user: string; password: string; domain: string };
    let desk: TestPhone | undefined;
    const shown = (name: string) =>
      staff.page
        .locator('dl > div', { has: staff.page.getByText(name, { exact: true }) })
        .locator('code')
        .innerText();
    await inTenSteps([
      ['sign in as Tessa Telefonie', () => phone.signIn(town.admin)],
      ['open the administration', () => staff.open('Verwaltung')],
      [
        'enter the new colleague',
        async () => {
          await staff.button('Person anlegen').click();
          await field('Vorname').fill('Nora');
          await field('Nachname').fill('Neuling');
          await field('Durchwahl').fill('190');
          await staff.button('Speichern').click();
          await text('Person angelegt.').waitFor();
        },
      ],
      [
        'give her a desk phone',
        async () => {
          await section('Geräte');
          await staff.button('Gerät anlegen').click();
          await choose('Person', 'Nora Neuling');
          await field('Bezeichnung').fill('Tischtelefon, Zimmer 12');
          await staff.button('Speichern').click();
        },
      ],
      [
        'type what is shown into the phone',
        async () => {
          await staff.page.getByRole('dialog', { name: 'Zugangsdaten für das Telefon' }).waitFor();
          account = {
            user: await shown('SIP-Benutzer'),
            password: await shown('Passwort'),
            domain: await shown('SIP-Domäne'),
          };
          await staff.button('Eingetragen').click();
          const server = house.address.sip;
          desk = await TestPhone.open({ server, account, whenCalled: 'answer', says: () => sineSource(tones.desk) });
          await desk.mustRegister();
        },
      ],
      ['see that the phone is connected', () => text('verbunden').waitFor()],
      [
        'see where the new number rings',
        async () => {
          await section('Rufnummern');
          await staff.page.getByPlaceholder('Nummer oder Ziel').fill('190');
          await text('Nora Neuling').waitFor();
        },
      ],
      [
        'let a citizen try it',
        async () => {
          const citizen = await citizenCalls('190', 73);
          await citizen.rtp.untilHears(tones.desk, 10_000);
          citizen.hangUp();
        },
      ],
      [
        'change the promise of a hotline',
        async () => {
          await section('Hotlines');
          await staff.button(town.hotline.name).click();
          await field('Zusage: angenommen in').fill('20');
          await staff.button('Speichern').click();
          await text('75 % in 20 s').waitFor();
        },
      ],
      ['go home', signOut],
    ]);
    await desk?.close();
  });
});
