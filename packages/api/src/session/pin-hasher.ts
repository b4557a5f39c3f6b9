import type { PinHasher } from '@amtsleitung/domain';
import { hashPassword, PasswordChecker } from './password-hasher.ts';

/** PINs of desk phones: the same slow hash as passwords, and turns of their own, so that neither starves the other. */
export function createPinHasher(): PinHasher {
  const checker = new PasswordChecker();
  return { hash: hashPassword, verify: (hash, pin) => checker.matches(hash, pin) };
}
