import { TestTrunk, samplesSource, spokenSentences } from '@amtsleitung/simulator';
import { BrowserPhone } from '../harness/browser-phone.ts';
import { House } from '../harness/house.ts';
import { dark, desktop, light, mobile, shoot } from './shoot.ts';
import { telephonyScreens } from './telephony-screens.ts';

const hotlineNumber = '+494999210';
const waitingCallers = 3;

async function agentScreens(house: House): Promise<void> {
  const phone = await BrowserPhone.open({ origin: house.address.http, tone: 440 });
  const trunk = await TestTrunk.open({ server: house.address.sip });
  const { page } = phone;
  const button = (name: string) => page.getByRole('button', { name, exact: true }).filter({ visible: true });
  const callers = await Promise.resolve(spokenSentences());
  const call = (place: number) =>
    trunk.call(hotlineNumber, {
      from: `+4917139200${42 + place}`,
      says: samplesSource(callers[place % callers.length]!, true),
    });
  try {
    await page.goto(house.address.http);
    await page.getByRole('button', { name: /Mira Meldewesen/ }).waitFor();
    await shoot(page, 'anmelden', [light, dark]);
    await phone.signIn('Mira Meldewesen');
    await page.getByRole('button', { name: /Leitung gut|Headset/ }).waitFor();
    await page.getByRole('switch', { name: 'Hotline Bürgerservice' }).check({ force: true });
    await shoot(page, 'telefon-frei');
    const first = await call(0);
    await button('Annehmen').waitFor();
    await shoot(page, 'telefon-klingelt', [light, dark]);
    await page.setViewportSize(mobile);
    await shoot(page, 'telefon-klingelt-mobil');
    await page.setViewportSize(desktop);
    await button('Annehmen').click();
    await button('Halten').waitFor();
    await page
      .getByText(/^00:0[2-9]$/)
      .first()
      .waitFor();
    const others = [];
    for (let place = 1; place <= waitingCallers; place++) others.push(await call(place));
    await page.getByText(`${waitingCallers} warten`).first().waitFor({ timeout: 60_000 });
    await button('Weiterleiten').click();
    await page.keyboard.type('umzug');
    await page.getByText('Ute Umzug').first().waitFor();
    await shoot(page, 'telefon-gespraech', [light, dark]);
    await page.setViewportSize(mobile);
    await shoot(page, 'telefon-gespraech-mobil');
    await page.setViewportSize(desktop);
    await boardScreens(house);
    await page.keyboard.press('Escape');
    await button('Auflegen').click();
    await button('Fertig, wieder frei').waitFor();
    await shoot(page, 'telefon-nachbearbeitung');
    for (const other of others) other.hangUp();
    await first.untilEnded();
    for (const [link, name] of [
      ['Anrufe', 'anrufe'],
      ['Nachrichten', 'nachrichten'],
      ['Team', 'team'],
    ] as const) {
      await page.getByRole('navigation', { name: 'Hauptmenü' }).getByRole('link', { name: link }).click();
      await page.getByRole('heading', { name: link }).first().waitFor();
      await shoot(page, name, name === 'team' ? [light, dark] : [light]);
    }
  } finally {
    await trunk.close();
    await phone.close();
  }
}

async function boardScreens(house: House): Promise<void> {
  const wall = await BrowserPhone.open({ origin: house.address.http, tone: 440 });
  try {
    await wall.signIn('Lena Leitung');
    await wall.page.getByRole('button', { name: /Leitung gut|Headset/ }).waitFor();
    await wall.page.goto(`${house.address.http}/board`);
    await wall.page.getByText('Bürgerservice').first().waitFor();
    await shoot(wall.page, 'tafel', [light, dark]);
  } finally {
    await wall.close();
  }
}

async function adminScreens(house: House): Promise<void> {
  const admin = await BrowserPhone.open({ origin: house.address.http, tone: 440 });
  try {
    await admin.signIn('Tessa Telefonie');
    await admin.page.getByRole('button', { name: /Leitung gut|Headset/ }).waitFor();
    const sections = {
      people: 'personen',
      devices: 'geraete',
      numbers: 'rufnummern',
      trunks: 'trunk',
      hotlines: 'hotlines',
    };
    for (const [section, name] of Object.entries(sections)) {
      await admin.page.goto(`${house.address.http}/admin/${section}`);
      await admin.page.locator('main h1').first().waitFor();
      await shoot(admin.page, `verwaltung-${name}`, section === 'people' ? [light, dark] : [light]);
    }
  } finally {
    await admin.close();
  }
}

const house = await House.start({ topic: 'screens' });
try {
  await agentScreens(house);
  await adminScreens(house);
  await telephonyScreens(house);
} finally {
  await house.tearDown();
}
