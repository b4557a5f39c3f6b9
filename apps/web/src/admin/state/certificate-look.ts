import type { IconName } from '../../shared/icons/icons.ts';
import type { SentenceId } from '../../shared/language/words.ts';

const dayMilliseconds = 86_400_000;
/** The house warns in its log at 30, 14 and 3 days. */
const [soonDays, lateDays] = [30, 14];

interface CertificateLook {
  readonly look: 'live' | 'hold' | 'late';
  readonly icon: IconName;
  readonly word: SentenceId;
  readonly days: number;
}

/** How much time a certificate has left. */
export function certificateLook(expiresAt: number, now: number): CertificateLook {
  const days = Math.floor((expiresAt - now) / dayMilliseconds);
  if (expiresAt <= now) return { look: 'late', icon: 'warning', word: 'certificate.over', days: 0 };
  if (days >= soonDays) return { look: 'live', icon: 'check_circle-fill', word: 'certificate.fine', days };
  return { look: days < lateDays ? 'late' : 'hold', icon: 'warning', word: 'certificate.soon', days };
}
