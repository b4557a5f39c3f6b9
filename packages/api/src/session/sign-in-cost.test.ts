import { afterEach, describe, expect, it, vi } from 'vitest';
import { TestHouse } from '../testing/index.ts';
import type * as Argon2 from '@node-rs/argon2';
import { PasswordChecker } from './password-hasher.ts';

const verifications: string[] = [];
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof Argon2>();
  const verify: typeof real.verify = (hash, password) => {
    verifications.push(String(hash).slice(0, 29));
    return real.verify(hash, password);
  };
  return { ...real, verify };
});

let house: TestHouse;
afterEach(() => house.api.close());

describe('the cost of a sign-in', () => {
  it('is one argon2id verification of 19 MiB and two passes, for known and unknown logins alike', async () => {
    house = await TestHouse.open();
    for (const login of ['mira.berg', 'gibtsnicht'])
      await house.browser().post('/api/session', { login, password: 'x' });
    expect(verifications).toEqual(
      ['$argon2id$v=19$m=19456,t=2,p=1', '$argon2id$v=19$m=19456,t=2,p=1'].map((it) => it.slice(0, 29)),
    );
  });

  it('is spent on two at once; a flood is refused instead of queued without end', async () => {
    const checker = new PasswordChecker();
    const tries = Array.from({ length: 80 }, () =>
      checker.matches(undefined, 'x').catch((error: Error) => error.message),
    );
    const answers = await Promise.all(tries);
    expect(answers.filter((answer) => answer === 'overloaded')).toHaveLength(80 - 2 - 64);
    expect(answers.filter((answer) => answer === false)).toHaveLength(66);
  });
});
