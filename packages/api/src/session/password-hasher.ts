import { hash, verify } from '@node-rs/argon2';
import { ApiProblem } from '../http/problem.ts';

/** OWASP's floor for argon2id: 19 MiB, two passes. The library's default algorithm is argon2id. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), cost);

/** Hashing takes a core and 19 MiB each: more at once would let a flood of sign-ins starve everything else. */
const mostAtOnce = 2;
const mostWaiting = 64;

/** Checks passwords, a few at a time; with too many waiting the answer is 503. */
export class PasswordChecker {
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** Verified in place of an unknown login's hash, so that both take the same time. */
  readonly #decoy = hashPassword('nobody has this password');

  async matches(passwordHash: string | undefined, password: string): Promise<boolean> {
    await this.#turn();
    try {
      const right = await verify(passwordHash ?? (await this.#decoy), password.normalize('NFC'));
      return right && passwordHash !== undefined;
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  #turn(): Promise<void> {
    if (this.#running < mostAtOnce) {
      this.#running++;
      return Promise.resolve();
    }
    if (this.#waiting.length >= mostWaiting) throw new ApiProblem(503, 'overloaded', { retryAfter: 5 });
    return new Promise((resolve) =>
      this.#waiting.push(() => {
        this.#running++;
        resolve();
      }),
    );
  }
}
