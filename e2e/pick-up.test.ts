import { afterAll, beforeAll, it } from 'vitest';
import { TestTrunk, sineSource } from '@amtsleitung/simulator';
import { BrowserPhone } from './harness/browser-phone.ts';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { StaffPage } from './harness/staff-page.ts';
import { tones } from './harness/tones.ts';
import { citizenNumber, deskPhone, town } from './harness/town.ts';

let house: House;
let pia: BrowserPhone;

story('a colleague’s ringing phone', ['chromium'], () => {
  beforeAll(async () => {
    house = await House.start({ topic: 'pick-up' });
    pia = await BrowserPhone.open({ origin: house.address.http, tone: tones.browser });
    await pia.signIn(town.pia.name);
    await new StaffPage(pia.page).untilRegistered();
  });
  afterAll(async () => {
    await pia?.close();
    await house?.tearDown();
  });

  it('is answered from the team panel, which says nothing of it before', async () => {
    const { page } = pia;
    const phone = await deskPhone(house, town.mira.name);
    await new StaffPage(page).open('Team');
    await page.getByRole('main').getByText(town.mira.name).first().click();
    const pickUp = page.getByRole('button', { name: 'Anruf heranholen' });
    await pickUp.click();
    await page.getByRole('region', { name: 'Hinweis' }).getByText('klingelt gerade kein Anruf').waitFor();
    const trunk = await TestTrunk.open({ server: house.address.sip, says: () => sineSource(tones.citizen) });
    const call = await trunk.call(`${town.head}${town.mira.extension}`, { from: citizenNumber(3) });
    await phone.untilCalled();
    await pickUp.click();
    await call.rtp.untilHears(tones.browser, 10_000);
    call.hangUp();
    await call.untilEnded();
    await trunk.close();
  });
});
