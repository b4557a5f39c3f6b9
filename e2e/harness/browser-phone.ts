import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { tempFolder } from './temp-folder.ts';
import { writeToneFile } from './tone-file.ts';

const earScript = readFileSync(fileURLToPath(new URL('page-ear.js', import.meta.url)), 'utf8');

export interface BrowserPhoneOptions {
  readonly origin: string;
  /** The tone the fake microphone hears, Hz. */
  readonly tone: number;
  readonly language?: 'de-DE' | 'en-GB';
  readonly colorScheme?: 'light' | 'dark';
}

interface HeardInPage {
  readonly level: number;
  readonly dominant: number;
  readonly share: number;
}

type Judgement = 'hears' | 'lacks' | 'something' | 'silence';

/** A real browser with a tone for a microphone and an ear on what the page plays. */
export class BrowserPhone {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Uncaught errors and console errors of the page. */
  readonly faults: string[] = [];
  readonly #browser: Browser;
  readonly #folder: ReturnType<typeof tempFolder>;
  readonly #origin: string;

  private constructor(
    page: Page,
    browser: Browser,
    folder: ReturnType<typeof tempFolder>,
    options: BrowserPhoneOptions,
  ) {
    this.page = page;
    this.context = page.context();
    this.#browser = browser;
    this.#folder = folder;
    this.#origin = options.origin;
    page.on('pageerror', (error) => this.faults.push(String(error)));
    page.on('console', (message) => {
      // Asking "who am I" before signing in is answered with 401, and Chromium reports it by itself.
      const expected = /status of 401/.test(message.text());
      if (message.type() === 'error' && !expected) this.faults.push(message.text());
    });
  }

  static async open(options: BrowserPhoneOptions): Promise<BrowserPhone> {
    const folder = tempFolder('chromium');
    const microphone = join(folder.path, 'microphone.wav');
    writeToneFile(microphone, options.tone);
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [...flags, `--use-file-for-fake-audio-capture=${microphone}`],
    });
    const context = await browser.newContext({
      locale: options.language ?? 'de-DE',
      colorScheme: options.colorScheme ?? 'light',
      permissions: ['microphone', 'notifications'],
      ignoreHTTPSErrors: true,
      viewport: { width: 1440, height: 900 },
    });
    context.setDefaultTimeout(15_000);
    await context.addInitScript({ content: earScript });
    return new BrowserPhone(await context.newPage(), browser, folder, options);
  }

  /** Opens the sign-in page and clicks the demo person. */
  async signIn(name: string): Promise<void> {
    await this.page.goto(this.#origin);
    await this.page.getByRole('button', { name: new RegExp(name) }).click();
  }

  untilHears(frequency: number, timeout = 10_000): Promise<void> {
    return this.#until('hears', frequency, 0, timeout);
  }

  untilSilentOf(frequency: number, timeout = 10_000): Promise<void> {
    return this.#until('lacks', frequency, 400, timeout);
  }

  /** Something is heard, but not `frequency`. */
  untilHearsSomethingBut(frequency: number, timeout = 10_000): Promise<void> {
    return this.#until('something', frequency, 200, timeout);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#folder.remove();
  }

  async #until(judgement: Judgement, frequency: number, during: number, timeout: number): Promise<void> {
    const heard = await this.page.evaluate(
      ([...wanted]) => (globalThis as unknown as PageWithEar).untilHeard(...wanted),
      [judgement, frequency, during, timeout] as const,
    );
    if (!heard) return;
    const what = `${Math.round(heard.dominant)} Hz, level ${heard.level.toFixed(4)}, share ${heard.share.toFixed(2)}`;
    throw new Error(`browser: waited ${timeout} ms for "${judgement} ${frequency} Hz", last was ${what}`);
  }
}

interface PageWithEar {
  untilHeard(...wanted: readonly [Judgement, number, number, number]): Promise<HeardInPage | undefined>;
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  // A page in the background must keep its timers, or two windows in one test starve each other.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
];
