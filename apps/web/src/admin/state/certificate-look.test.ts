import { expect, it } from 'vitest';
import { certificateLook } from './certificate-look.ts';

const day = 86_400_000;
it('a certificate is fine, due, late or over', () => {
  const looks = [400, 30, 29, 14, 13, 0.5, 0, -5].map((days) => {
    const { look, word } = certificateLook(1_000 + days * day, 1_000);
    return `${look} ${word.replace('certificate.', '')}`;
  });
  expect(looks).toEqual([
    ...['live fine', 'live fine', 'hold soon', 'hold soon', 'late soon', 'late soon', 'late over', 'late over'],
  ]);
});
