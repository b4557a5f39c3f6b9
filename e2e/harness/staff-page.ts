import type { Locator, Page } from 'playwright-core';
import { BrowserPhone } from './browser-phone.ts';
import type { House } from './house.ts';
import { onTestFinished } from 'vitest';

/** What a clerk does on the pages, by the words that stand there. */
export class StaffPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' }).filter({ visible: true });
  }

  /** Follows the menu and waits for the page. */
  async open(page: 'Telefon' | 'Nachrichten' | 'Team' | 'Anrufe' | 'Tafel' | 'Verwaltung'): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Hauptmenü' })
      .getByRole('link', { name: new RegExp(`^${page}`) })
      .click();
    const headings = { Verwaltung: 'Mitarbeitende', Tafel: /./ } as const;
    const name = page in headings ? headings[page as keyof typeof headings] : page;
    await this.page.getByRole('main').getByRole('heading', { name, level: 1 }).waitFor();
  }

  hotlineSwitch(hotline: string): Locator {
    return this.page.getByRole('switch', { name: `Hotline ${hotline}` });
  }

  async logIn(hotline: string): Promise<void> {
    const line = this.hotlineSwitch(hotline);
    if (!(await line.isChecked())) await this.page.getByText(hotline, { exact: true }).first().waitFor();
    await line.check({ force: true });
  }

  ringing(): Locator {
    return this.page.getByRole('region', { name: 'Eingehender Anruf' });
  }

  call(): Locator {
    return this.page.getByRole('region', { name: 'Ihr Gespräch' });
  }

  async answer(): Promise<void> {
    await this.button('Annehmen').click();
  }

  async untilRegistered(): Promise<void> {
    await this.page.getByRole('button', { name: /Leitung gut|Headset/ }).waitFor();
  }
}

/** A signed-in person in a browser of its own that closes with the test. */
export async function browserAgent(
  house: House,
  name: string,
  tone: number,
): Promise<{ readonly phone: BrowserPhone; readonly staff: StaffPage }> {
  const phone = await BrowserPhone.open({ origin: house.address.http, tone });
  onTestFinished(() => phone.close());
  await phone.signIn(name);
  const staff = new StaffPage(phone.page);
  await staff.untilRegistered();
  return { phone, staff };
}
