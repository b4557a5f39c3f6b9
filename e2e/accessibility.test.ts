import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sessionRoutes } from '@amtsleitung/contract';
import { TestTrunk, sineSource } from '@amtsleitung/simulator';
import { BrowserPhone } from './harness/browser-phone.ts';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { StaffPage } from './harness/staff-page.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, pointTrunk, town, tuneHotline } from './harness/town.ts';

let house: House;
let phone: BrowserPhone;

const adminSections = ['people', 'devices', 'numbers', 'trunks', 'hotlines'];
const paths = ['/phone', '/messages', '/team', '/calls', '/board', ...adminSections.map((name) => `/admin/${name}`)];
const looks = (['de', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((theme) => ({ language, theme })),
);

async function findings(): Promise<readonly string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page: phone.page }).withTags(tags).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** The page has drawn itself and nothing is still loading. */
async function settled(): Promise<void> {
  await phone.page.locator('main').first().waitFor();
  await expect.poll(() => phone.page.locator('[aria-busy=true]').count(), { timeout: 10_000 }).toBe(0);
}

async function wear({ language, theme }: (typeof looks)[number]): Promise<void> {
  const admin = await house.signIn(town.admin);
  await admin.call(sessionRoutes.setLanguage, { body: { language } });
  await phone.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await phone.page.evaluate((chosen) => {
    const { document } = globalThis as unknown as { document: { documentElement: { lang: string } } };
    document.documentElement.lang = chosen;
  }, language);
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
    for (const colorScheme of ['light', 'dark'] as const) {
      await phone.page.emulateMedia({ colorScheme });
      await phone.page.goto(house.address.http);
      await phone.page.getByRole('button', { name: new RegExp(town.admin) }).waitFor();
      expect(await findings()).toEqual([]);
    }
  });

  it.each(looks)('all pages, $language, $theme', async (look) => {
    await phone.page.context().clearCookies();
    await phone.signIn(town.admin);
    await settled();
    await wear(look);
    for (const path of paths) {
      await phone.page.goto(`${house.address.http}${path}`);
      await settled();
      expect({ path, findings: await findings() }).toEqual({ path, findings: [] });
    }
  });

  it.each(['light', 'dark'] as const)('the states of a call, %s', async (colorScheme) => {
    const says = () => sineSource(tones.citizen);
    const trunk = await TestTrunk.open({ server: house.address.sip, says });
    try {
      await pointTrunk(house, { host: trunk.host, port: trunk.port });
      await tuneHotline(house, town.hotline.name, { wrapUpSeconds: 600 });
      await phone.page.context().clearCookies();
      await phone.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await phone.signIn(town.mira.name);
      const staff = new StaffPage(phone.page);
      await staff.untilRegistered();
      await staff.logIn(town.hotline.name);
      expect(await findings()).toEqual([]);
      const call = await trunk.call(`${town.head}${town.hotline.extension}`, { from: citizenNumber(1) });
      await staff.ringing().waitFor();
      expect(await findings()).toEqual([]);
      await staff.answer();
      await call.rtp.untilHears(tones.browser, 10_000);
      expect(await findings()).toEqual([]);
      await staff.button('Weiterleiten').click();
      expect(await findings()).toEqual([]);
      await staff.page.keyboard.press('Escape');
      await staff.button('Halten').click();
      await staff.page.getByText('Gehalten').first().waitFor();
      expect(await findings()).toEqual([]);
      call.hangUp();
      await staff.button('Fertig, wieder frei').waitFor();
      expect(await findings()).toEqual([]);
      await staff.button('Fertig, wieder frei').click();
    } finally {
      await trunk.close();
    }
  });
});
