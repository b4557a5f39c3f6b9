import { afterAll, beforeAll, expect, it } from 'vitest';
import { adminRoutes, ownPhoneRoutes } from '@amtsleitung/contract';
import { TestTrunk, sineSource } from '@amtsleitung/simulator';
import { BrowserPhone } from './harness/browser-phone.ts';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { StaffPage } from './harness/staff-page.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, town } from './harness/town.ts';

let house: House;
let phone: BrowserPhone;

const press = (key: string) => phone.page.keyboard.press(key);
const type = (text: string) => phone.page.keyboard.type(text);
/** The message about what was just done. */
const told = (text: string) => phone.page.getByRole('region', { name: 'Hinweis' }).getByText(text);
const go = (path: string) => phone.page.goto(`${house.address.http}${path}`);

story('lines, rights, signalling and one’s own phone, with the keyboard alone', ['chromium'], () => {
  beforeAll(async () => {
    house = await House.start({ topic: 'telephony-pages' });
    phone = await BrowserPhone.open({ origin: house.address.http, tone: tones.browser });
    await phone.signIn(town.admin);
    await new StaffPage(phone.page).untilRegistered();
  });
  afterAll(async () => {
    await phone?.close();
    await house?.tearDown();
  });

  it('one’s own phone forwards when busy, tells what is wrong, and can be undone', async () => {
    const { page } = phone;
    await go('/my-phone');
    await page.getByLabel('Wenn besetzt').focus();
    await type('47');
    await press('Enter');
    await page.getByText('Diese Nummer gibt es nicht.').waitFor();
    await page.getByLabel('Wenn besetzt').fill('');
    await page.getByLabel('Wenn besetzt').focus();
    await type(town.mira.extension);
    await press('Enter');
    await told('Gilt ab dem nächsten Anruf').waitFor();
    const api = await house.signIn(town.admin);
    expect((await api.call(ownPhoneRoutes.get)).forwarding.busy).toBe(town.mira.extension);
    await page.getByRole('button', { name: 'Rückgängig' }).focus();
    await press('Enter');
    await expect.poll(async () => (await api.call(ownPhoneRoutes.get)).forwarding.busy).toBe('');
  });

  it('a line begins with its provider; its state is pushed; its password is never shown again', async () => {
    const { page } = phone;
    await go('/admin/trunks');
    await page.getByRole('button', { name: 'Leitung anlegen' }).focus();
    await press('Enter');
    await page.getByRole('button', { name: /Anbieter/ }).focus();
    await press('Enter');
    await page.getByRole('option').first().waitFor();
    await type('sipgate');
    await press('Enter');
    await page.getByLabel('Benutzername beim Anbieter').focus();
    await type('1234567t0');
    await page.getByLabel('Passwort beim Anbieter').focus();
    await type('einmal-getippt');
    // Nothing may leave this machine: the server is another.
    await page.locator('.ad-expert > summary').focus();
    await press('Enter');
    await page.getByLabel('Server des Anbieters').fill('127.0.0.9');
    await page.getByRole('button', { name: 'Speichern' }).focus();
    await press('Enter');
    await told('Leitung angelegt.').waitFor();
    const row = page.getByRole('row', { name: /sipgate/ });
    await row.getByText('gestört').waitFor({ timeout: 60_000 });
    await row.getByRole('button').focus();
    await press('Enter');
    await page.getByRole('button', { name: 'Jetzt prüfen' }).focus();
    await press('Enter');
    await told('Die Leitung wird geprüft').waitFor();
    expect(await page.content()).not.toContain('einmal-getippt');
    const api = await house.signIn(town.admin);
    const response = await api.send(adminRoutes.overview);
    expect(await response.text()).not.toContain('einmal-getippt');
  });

  it('the signalling of a call is read message by message, without any outside number', async () => {
    const trunk = await TestTrunk.open({ server: house.address.sip, says: () => sineSource(tones.citizen) });
    const call = await trunk.call(`${town.head}${town.mira.extension}`, { from: citizenNumber(7) });
    await call.untilAnswered();
    call.hangUp();
    await call.untilEnded();
    await trunk.close();
    const { page } = phone;
    await expect
      .poll(
        async () => {
          await go('/admin/traces');
          await page.locator('main section[aria-busy=false]').waitFor();
          return page.getByRole('row').count();
        },
        { timeout: 20_000, interval: 1_000 },
      )
      .toBeGreaterThan(1);
    await page.locator('main table a').first().focus();
    await press('Enter');
    await page.getByRole('option').first().waitFor();
    await page.getByRole('option').first().focus();
    await press('ArrowDown');
    await page.getByRole('heading', { name: /100 Trying/ }).waitFor();
    await press('Home');
    await page.getByRole('heading', { name: /INVITE/ }).waitFor();
    await page.getByRole('radio', { name: 'Als Text' }).focus();
    await press('Enter');
    const text = await page.locator('pre').innerText();
    expect(text).toContain('Dieses Haus');
    expect(text).not.toContain(citizenNumber(7).slice(3));
  });

  it('an organisation’s rights can be narrowed and are told to its people', async () => {
    const { page } = phone;
    await go('/admin/rights');
    await page.getByRole('checkbox', { name: 'Mobilfunk' }).focus();
    await press('Space');
    await page.getByRole('button', { name: 'Speichern' }).focus();
    await press('Enter');
    await told('Gespeichert.').waitFor();
    const mira = await house.signIn(town.mira.name);
    expect((await mira.call(ownPhoneRoutes.get)).diallingClasses).not.toContain('mobile');
    await page.getByRole('button', { name: 'Rückgängig' }).focus();
    await press('Enter');
    await expect.poll(async () => (await mira.call(ownPhoneRoutes.get)).diallingClasses).toContain('mobile');
  });

  it('a call is parked and fetched back on the screen', async () => {
    const staff = new StaffPage(phone.page);
    await staff.open('Telefon');
    const trunk = await TestTrunk.open({ server: house.address.sip, says: () => sineSource(tones.citizen) });
    const call = await trunk.call(`${town.head}130`, { from: citizenNumber(8) });
    await staff.ringing().waitFor();
    await staff.answer();
    await call.rtp.untilHears(tones.browser, 10_000);
    await staff.button('Parken').focus();
    await press('Enter');
    await told('Geparkt, Platz').waitFor();
    await call.rtp.untilSilentOf(tones.browser);
    await phone.page.getByRole('region', { name: 'Ihr Gespräch' }).getByRole('button', { name: 'Zurückholen' }).focus();
    await press('Enter');
    await call.rtp.untilHears(tones.browser, 10_000);
    call.hangUp();
    await trunk.close();
  });
});
