import type { PhoneStateView, PresenceView } from '@amtsleitung/contract';
import type { CallCard } from './call-cards.ts';

/** What the person sees of themselves; colleagues see four words only. */
export type OwnStatus = 'free' | 'ringing' | 'on-phone' | 'wrap-up' | 'pause' | 'away' | 'unreachable';

export interface OwnStatusFacts {
  readonly card: CallCard;
  readonly phone: PhoneStateView | undefined;
  readonly presence: PresenceView | undefined;
  readonly paused: boolean;
  /** This tab is registered itself. */
  readonly registeredHere: boolean;
}

export function ownStatus({ card, phone, presence, paused, registeredHere }: OwnStatusFacts): OwnStatus {
  if (card.kind === 'call') return 'on-phone';
  if (card.kind === 'ringing') return 'ringing';
  if (card.kind === 'wrap-up') return 'wrap-up';
  const reachable = phone?.reachable === true || registeredHere;
  if (phone !== undefined && !reachable) return 'unreachable';
  if (presence === 'away') return 'away';
  return paused ? 'pause' : 'free';
}
