import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestTrunk, sineSource } from '@amtsleitung/simulator';
import { BrowserPhone } from './harness/browser-phone.ts';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { StaffPage } from './harness/staff-page.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, pointTrunk, town, tuneHotline } from './harness/town.ts';

let house: House;
let phone: BrowserPhone;

const adminSections = ['state', 'people', 'devices', 'numbers', 'hotlines', 'trunks', 'rights', 'traces', 'house'];
const paths = [
  '/phone',
  '/messages',
  '/team',
  '/calls',
  '/my-phone',
  '/board',
  ...adminSections.map((name) => `/admin/${name}`),
];

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** `options` first: it replaces what was chosen before. */
const axe = (): AxeBuilder => new AxeBuilder({ page: phone.page }).options({ resultTypes: ['violations'] });

async function findings(builder: AxeBuilder): Promise<readonly string[]> {
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** The page has drawn itself and nothing is still loading. */
async function settled(): Promise<void> {
  await phone.page.locator('main').first().waitFor();
  await expect.poll(() => phone.page.locator('[aria-busy=true]').count(), { timeout: 10_000 }).toBe(0);
}

/** Chooses the language as a person does; the button's name is in the language before. */
async function speak(language: 'de' | 'en'): Promise<void> {
  await phone.page.getByRole('button', { name: /^(Darstellung|Appearance)$/ }).click();
  await phone.page.getByRole('radio', { name: language === 'de' ? 'Deutsch' : 'English' }).click();
  await phone.page.keyboard.press('Escape');
  await phone.page.locator(`html[lang=${language}]`).waitFor();
}

/** Every finding of the page as it stands. A theme changes colours and nothing else: in the dark only they are judged again. */
async function findingsInBothThemes(): Promise<readonly string[]> {
  const wear = async (colorScheme: 'light' | 'dark') => {
    await phone.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await phone.page.locator(`html[data-kern-theme=${colorScheme}]`).waitFor();
  };
  await wear('dark');
  const colours = ['color-contrast', 'link-in-text-block'];
  const dark = await findings(axe().withRules(colours));
  await wear('light');
  return [...dark, ...(await findings(axe().withTags(tags)))];
}

story('every page can be used by everybody (axe)', ['chromium'], () => {
  beforeAll(async () => {
    house = await House.start({ topic: 'axe' });
    phone = await BrowserPhone.open({ origin: house.address.http, tone: tones.browser });
  });
  afterAll(async () => {
    await phone?.close();
    await house?.tearDown();
  });

  it('the sign-in page', async () => {
    await phone.page.goto(house.address.http);
    await phone.page.getByRole('button', { name: new RegExp(town.admin) }).waitFor();
    expect(await findingsInBothThemes()).toEqual([]);
  });

  it.each(['de', 'en'] as const)('all pages, %s', async (language) => {
    await phone.page.context().clearCookies();
    await phone.signIn(town.admin);
    await settled();
    await speak(language);
    for (const path of paths) {
      await phone.page.goto(`${house.address.http}${path}`);
      await settled();
      await phone.page.locator(`html[lang=${language}] main :is(h1, h2)`).first().waitFor();
      expect({ path, findings: await findingsInBothThemes() }).toEqual({ path, findings: [] });
    }
    await speak('de');
  });

  it('the forms and pictures of telephony', async () => {
    const trunk = await TestTrunk.open({ server: house.address.sip, says: () => sineSource(tones.citizen) });
    const call = await trunk.call(`${town.head}${town.mira.extension}`, { from: citizenNumber(1) });
    await call.untilAnswered();
    call.hangUp();
    await trunk.close();
    await phone.page.context().clearCookies();
    await phone.signIn(town.admin);
    await settled();
    await speak('de');
    const { page } = phone;
    const opened = async (section: string, button: string) => {
      await page.goto(`${house.address.http}/admin/${section}`);
      await page.getByRole('button', { name: button }).first().click();
      await settled();
    };
    await opened('trunks', 'Leitung anlegen');
    await page.getByRole('button', { name: /Anbieter/ }).click();
    await page.getByRole('option').first().click();
    await page.locator('.ad-expert > summary').click();
    expect(await findingsInBothThemes()).toEqual([]);
    await opened('trunks', 'Demo-Leitung');
    await page.getByRole('heading', { name: 'Zustand der Leitung' }).waitFor();
    expect(await findingsInBothThemes()).toEqual([]);
    await opened('devices', 'Gerät anlegen');
    expect(await findingsInBothThemes()).toEqual([]);
    const link = page.locator('main table a').first();
    const listed = async () => {
      await page.goto(`${house.address.http}/admin/traces`);
      await settled();
      return link.count();
    };
    await expect.poll(listed, { timeout: 20_000, interval: 1_000 }).toBe(1);
    await link.click();
    await page.getByRole('option').first().waitFor();
    expect(await findingsInBothThemes()).toEqual([]);
  });

  it('the states of a call', async () => {
    const says = () => sineSource(tones.citizen);
    const trunk = await TestTrunk.open({ server: house.address.sip, says });
    try {
      await pointTrunk(house, { host: trunk.host, port: trunk.port });
      await tuneHotline(house, town.hotline.name, { wrapUpSeconds: 600 });
      await phone.page.context().clearCookies();
      await phone.signIn(town.mira.name);
      const staff = new StaffPage(phone.page);
      await staff.untilRegistered();
      await staff.logIn(town.hotline.name);
      expect(await findingsInBothThemes()).toEqual([]);
      const call = await trunk.call(`${town.head}${town.hotline.extension}`, { from: citizenNumber(1) });
      await staff.ringing().waitFor();
      expect(await findingsInBothThemes()).toEqual([]);
      await staff.answer();
      await call.rtp.untilHears(tones.browser, 10_000);
      expect(await findingsInBothThemes()).toEqual([]);
      await staff.button('Weiterleiten').click();
      expect(await findingsInBothThemes()).toEqual([]);
      await staff.page.keyboard.press('Escape');
      await staff.button('Halten').click();
      await staff.page.getByText('Gehalten').first().waitFor();
      expect(await findingsInBothThemes()).toEqual([]);
      call.hangUp();
      await staff.button('Fertig, wieder frei').waitFor();
      expect(await findingsInBothThemes()).toEqual([]);
      await staff.button('Fertig, wieder frei').click();
    } finally {
      await trunk.close();
    }
  });
});
