import type { Clock, RandomSource } from '@amtsleitung/base';

export interface OneTimeCode {
  readonly code: string;
  /** Wall milliseconds. */
  readonly expiresAt: number;
}

const lifetime = 120_000;

/** Codes of six digits, one for each person at a time, good once. */
export class OneTimeCodes {
  readonly #clock: Clock;
  readonly #random: RandomSource;
  readonly #codes = new Map<string, { readonly personId: string; readonly expiresAt: number }>();

  constructor(clock: Clock, random: RandomSource) {
    this.#clock = clock;
    this.#random = random;
  }

  issue(personId: string): OneTimeCode {
    this.#forgetOld(personId);
    let code = this.#draw();
    while (this.#codes.has(code)) code = this.#draw();
    this.#codes.set(code, { personId, expiresAt: this.#clock.monotonic() + lifetime });
    return { code, expiresAt: this.#clock.now() + lifetime };
  }

  /** Whose code it is; void from now on. One that is not for here (`isHere` of its person) stays as it is. */
  take(code: string, isHere: (personId: string) => boolean): string | undefined {
    this.#forgetOld();
    const known = this.#codes.get(code);
    if (!known || !isHere(known.personId)) return undefined;
    this.#codes.delete(code);
    return known.personId;
  }

  #draw(): string {
    return String(this.#random.integer(1_000_000)).padStart(6, '0');
  }

  #forgetOld(personId?: string): void {
    const now = this.#clock.monotonic();
    for (const [code, known] of this.#codes) {
      if (known.expiresAt <= now || known.personId === personId) this.#codes.delete(code);
    }
  }
}
