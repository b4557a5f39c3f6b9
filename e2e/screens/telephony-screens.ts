import { adminRoutes, trunkRoutes } from '@amtsleitung/contract';
import { BrowserPhone } from '../harness/browser-phone.ts';
import type { House } from '../harness/house.ts';
import { town } from '../harness/town.ts';
import { dark, desktop, light, mobile, shoot } from './shoot.ts';

const valuesOf = (fields: object): object =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]: [string, { value?: unknown }]) => [
      name,
      'basis' in field ? field.value : valuesOf(field),
    ]),
  );

/** A line whose provider does not exist, so that the pages have something to say. */
async function addBrokenTrunk(house: House): Promise<void> {
  const admin = await house.signIn(town.admin);
  const { presets } = await admin.call(trunkRoutes.presets);
  const preset = presets.find(({ id }) => id === 'generic-registering')!;
  const { trunks } = await admin.call(adminRoutes.overview);
  const settings = { ...trunks[0]!.settings, ...valuesOf(preset.settings), preset: preset.id, order: 200 };
  await admin.call(adminRoutes.createTrunk, {
    body: {
      name: 'Ersatzleitung',
      host: '127.0.0.9',
      port: 5999,
      transport: 'tcp',
      sourceAddresses: [],
      username: 'rathaus-ersatz',
      password: 'nur-im-bild',
      outgoingCapacity: 4,
      settings,
    },
  });
}

/** Pages about lines, rights, devices and signalling, and everybody's own phone. */
export async function telephonyScreens(house: House): Promise<void> {
  await addBrokenTrunk(house);
  const admin = await BrowserPhone.open({ origin: house.address.http, tone: 440 });
  const { page } = admin;
  const section = async (name: string): Promise<void> => {
    await page.goto(`${house.address.http}/admin/${name}`);
    await page.locator('main h1').first().waitFor();
  };
  try {
    await admin.signIn(town.admin);
    await page.getByRole('button', { name: /Leitung gut|Headset/ }).waitFor();
    await section('trunks');
    await page.getByText('gestört').first().waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Ersatzleitung' }).click();
    await page.getByRole('heading', { name: 'Zustand der Leitung' }).waitFor();
    await shoot(page, 'verwaltung-leitung-gestoert', [light, dark]);
    await page.getByRole('button', { name: 'Leitung anlegen' }).click();
    await page.getByRole('button', { name: /Anbieter/ }).click();
    await page.getByRole('option', { name: 'Telekom CompanyFlex SIP-Trunk' }).click();
    await page.getByText('Registrierungsnummer').first().waitFor();
    await shoot(page, 'verwaltung-leitung-anlegen', [light, dark]);
    await page.locator('.ad-expert > summary').click();
    // The whole expert's part is longer than a picture: its beginning at the top of the sheet.
    await page.evaluate(`const body = document.querySelector('.al-sheet__body');
      body.scrollTop = body.querySelector('.ad-expert').offsetTop - 170;`);
    await shoot(page, 'verwaltung-leitung-fachleute');
    await page.setViewportSize(mobile);
    await shoot(page, 'verwaltung-leitung-anlegen-mobil');
    await page.setViewportSize(desktop);
    for (const [name, picture] of [
      ['state', 'ueberblick'],
      ['rights', 'rechte'],
      ['traces', 'signalisierung'],
    ] as const) {
      await section(name);
      await shoot(page, `verwaltung-${picture}`, name === 'state' ? [light, dark] : [light]);
    }
    await page
      .getByRole('row', { name: /Browser/ })
      .getByRole('link')
      .first()
      .click();
    await page.getByRole('listbox').waitFor();
    await shoot(page, 'verwaltung-signalisierung-anruf', [light, dark]);
    await page.setViewportSize(mobile);
    await shoot(page, 'verwaltung-signalisierung-anruf-mobil');
    await page.goto(`${house.address.http}/my-phone`);
    await page.getByRole('heading', { name: 'Mein Telefon' }).waitFor();
    await shoot(page, 'mein-telefon-mobil');
    await page.setViewportSize(desktop);
    await page.getByRole('button', { name: 'Einmal-Code zeigen' }).click();
    await page.getByText('Wählen Sie am Telefon').waitFor();
    await shoot(page, 'mein-telefon', [light, dark]);
    await section('devices');
    await page.getByRole('button', { name: 'Gerät anlegen' }).click();
    await page.getByRole('button', { name: /Art des Geräts/ }).click();
    await page.getByRole('option', { name: 'Türstation' }).click();
    await shoot(page, 'verwaltung-geraet-anlegen');
  } finally {
    await admin.close();
  }
}
