import type { CallRecordView } from '@amtsleitung/contract';
import type { IconName } from '../icons/icons.ts';
import type { SentenceId } from '../language/words.ts';

export interface CallLook {
  readonly icon: IconName;
  readonly way: SentenceId;
  readonly outcome: SentenceId;
  readonly missed: boolean;
}

type LookedAt = Pick<CallRecordView, 'direction' | 'outcome'> & { readonly talkMilliseconds?: number };

/** How one finished or running call is shown in lists. */
export function callLook({ direction, outcome, talkMilliseconds = 0 }: LookedAt): CallLook {
  const incoming = direction === 'inbound';
  const missed = incoming && (outcome === 'abandoned' || (outcome === 'failed' && talkMilliseconds === 0));
  return {
    icon: missed ? 'call_missed' : incoming ? 'call_received' : direction === 'outbound' ? 'call_made' : 'call',
    way: missed ? 'calls.missed' : `calls.way.${direction}`,
    outcome: outcome === undefined ? 'calls.outcome.running' : `calls.outcome.${outcome}`,
    missed,
  };
}
