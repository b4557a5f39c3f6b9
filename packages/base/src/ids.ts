import type { Clock } from './clock.ts';
import type { RandomSource } from './random-source.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** A time-ordered identifier: UUID version 7 (RFC 9562 §5.7). */
export function newId(clock: Clock, random: RandomSource): string {
  const time = clock.now().toString(16).padStart(12, '0');
  const tail = random.bytes(10);
  tail[0] = (tail[0]! & 0x0f) | 0x70;
  tail[2] = (tail[2]! & 0x3f) | 0x80;
  const rest = hex(tail);
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-${rest.slice(0, 4)}-${rest.slice(4, 8)}-${rest.slice(8, 20)}`;
}

const tokenAlphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A random token of `length` letters and digits that are not mistaken for one another (5 bits each). */
export function newToken(random: RandomSource, length: number): string {
  return Array.from(random.bytes(length), (byte) => tokenAlphabet[byte & 31]).join('');
}
