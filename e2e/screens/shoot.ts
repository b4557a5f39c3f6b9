import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const folder = fileURLToPath(new URL('../../docs/screens/', import.meta.url));
mkdirSync(folder, { recursive: true });

export const desktop = { width: 1440, height: 900 };
export const mobile = { width: 390, height: 844 };

interface Look {
  readonly suffix: string;
  readonly colorScheme: 'light' | 'dark';
}
export const light: Look = { suffix: '', colorScheme: 'light' };
export const dark: Look = { suffix: '-dunkel', colorScheme: 'dark' };

/** Takes the page as it stands, once it has loaded everything. */
export async function shoot(page: Page, name: string, looks: readonly Look[] = [light]): Promise<void> {
  for (const { suffix, colorScheme } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    await page.screenshot({ path: `${folder}${name}${suffix}.png`, animations: 'disabled' });
    process.stdout.write(`docs/screens/${name}${suffix}.png\n`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
