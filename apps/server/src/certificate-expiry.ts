import { X509Certificate } from 'node:crypto';

/** How near its end a certificate is: fine, below so many days, or over. */
export type ExpiryStage = 'fine' | 30 | 14 | 3 | 'over';

const dayMilliseconds = 86_400_000;

export function expiryStage(expiresAt: number, now: number): ExpiryStage {
  const left = expiresAt - now;
  if (left <= 0) return 'over';
  return ([3, 14, 30] as const).find((days) => left <= days * dayMilliseconds) ?? 'fine';
}

/** Wall milliseconds at which the first certificate in `pem` is over. */
export const expiryOf = (pem: string): number => Date.parse(new X509Certificate(pem).validTo);
