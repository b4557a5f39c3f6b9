import type { Timers } from '@amtsleitung/base';
import { spectrumOf, windowSize, type Spectrum } from './spectrum.ts';

const hop = windowSize / 2;
const hopMilliseconds = hop / 8;
/** Quieter than this (−46 dB of full scale) is silence. */
const audible = 0.005;
const rememberedLooks = 512;

/** What was heard in one look of 128 ms. */
export type Look = Spectrum;

interface Waiter {
  readonly satisfied: (look: Look) => boolean;
  readonly resolve: () => void;
}

/**
 * Listens to 8 kHz audio and tells which tone is in it. Feed it continuously, silence included:
 * its time is the audio's time. Waits take a timeout in milliseconds and reject with what was heard instead.
 */
export class Ear {
  readonly #timers: Timers;
  readonly #window = new Int16Array(windowSize);
  readonly #waiters = new Set<Waiter>();
  readonly #looks: Look[] = [];
  #fresh = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  hear(samples: Int16Array): void {
    for (let start = 0; start < samples.length;) {
      const taken = Math.min(hop - this.#fresh, samples.length - start);
      this.#window.copyWithin(0, taken);
      this.#window.set(samples.subarray(start, start + taken), windowSize - taken);
      this.#fresh += taken;
      start += taken;
      if (this.#fresh === hop) this.#look();
    }
  }

  /** The latest look; undefined before the first 64 ms. */
  get latest(): Look | undefined {
    return this.#looks.at(-1);
  }

  /** Looks of the last half minute, oldest first. */
  get looks(): readonly Look[] {
    return this.#looks;
  }

  /** Resolves when `frequency` (Hz) is clearly what is heard. */
  untilHears(frequency: number, timeout = 5000): Promise<void> {
    return this.#until(`${frequency} Hz`, timeout, (look) => hears(look, frequency));
  }

  /** Resolves when `frequency` was absent for `during` milliseconds on end; other sound does not matter. */
  untilSilentOf(frequency: number, timeout = 5000, during = 400): Promise<void> {
    const streak = inARow(Math.ceil(during / hopMilliseconds), (look) => !contains(look, frequency));
    return this.#until(`no ${frequency} Hz`, timeout, streak);
  }

  /** Resolves when anything is heard that is none of `otherThan` (Hz), e.g. music. */
  untilHearsSomething(otherThan: readonly number[] = [], timeout = 5000): Promise<void> {
    return this.#until('some sound', timeout, (look) => {
      return look.level > audible && otherThan.every((frequency) => !contains(look, frequency));
    });
  }

  /** Resolves when nothing at all was heard for `during` milliseconds on end. */
  untilSilent(timeout = 5000, during = 400): Promise<void> {
    const streak = inARow(Math.ceil(during / hopMilliseconds), (look) => look.level <= audible);
    return this.#until('silence', timeout, streak);
  }

  #look(): void {
    this.#fresh = 0;
    const look = spectrumOf(this.#window);
    this.#looks.push(look);
    if (this.#looks.length > rememberedLooks) this.#looks.shift();
    for (const waiter of [...this.#waiters]) if (waiter.satisfied(look)) waiter.resolve();
  }

  #until(wanted: string, timeout: number, satisfied: (look: Look) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { satisfied, resolve: () => end(resolve) };
      const timer = this.#timers.after(timeout, () => {
        end(() => reject(new Error(`waited ${timeout} ms for ${wanted}, heard ${describeLook(this.latest)}`)));
      });
      const end = (settle: () => void) => {
        timer.cancel();
        this.#waiters.delete(waiter);
        settle();
      };
      this.#waiters.add(waiter);
    });
  }
}

/** The tone is what one hears: at least six tenths of the power. */
export const hears = (look: Look, frequency: number): boolean => look.level > audible && look.share(frequency) > 0.6;

/** The tone is in it, be it below other sound. */
export const contains = (look: Look, frequency: number): boolean =>
  look.level * Math.sqrt(look.share(frequency)) > audible;

export function describeLook(look: Look | undefined): string {
  if (!look) return 'nothing yet';
  if (look.level <= audible) return 'silence';
  return `${Math.round(look.dominant)} Hz (${Math.round(look.share(look.dominant) * 100)} % of the power, level ${look.level.toFixed(3)})`;
}

function inARow(count: number, holds: (look: Look) => boolean): (look: Look) => boolean {
  let streak = 0;
  return (look) => {
    streak = holds(look) ? streak + 1 : 0;
    return streak >= count;
  };
}
