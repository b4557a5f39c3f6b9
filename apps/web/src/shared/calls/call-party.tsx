import type { CallRecordView } from '@amtsleitung/contract';
import { Icon } from '../icons/icon.tsx';
import { useWords } from '../language/words.ts';
import { NumberText } from '../parts/number-text.tsx';
import { callLook } from './call-look.ts';

/** Direction and other side of a call, for the first column of lists. */
export function CallParty({ call }: { readonly call: CallRecordView }) {
  const w = useWords();
  const look = callLook(call);
  return (
    <span className="al-row">
      <Icon name={look.icon} className={look.missed ? 'al-state--late' : 'al-muted'} />
      <span className="kern-sr-only">{w(look.way)}</span>
      <b>
        <NumberText text={call.partyText === '' ? w('party.suppressed') : call.partyText} />
      </b>
    </span>
  );
}
