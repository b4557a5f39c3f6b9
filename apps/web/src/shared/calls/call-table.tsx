import '../parts/table.css';
import type { CallRecordView } from '@amtsleitung/contract';
import { Button as AriaButton } from 'react-aria-components';
import { callLook } from './call-look.ts';
import { CallParty } from './call-party.tsx';
import { finishedTime } from '../format/formats.ts';
import { useFormats } from '../format/use-formats.ts';
import { useWords } from '../language/words.ts';
import { IconButton } from '../parts/button.tsx';
import { startCall } from '../phone/call-commands.ts';
import { useNow } from '../time/wall-clock.ts';

interface CallTableProps {
  readonly calls: readonly CallRecordView[];
  /** Rows that open to more; left out: rows only show. */
  readonly opening?: { readonly openId: string | undefined; readonly onOpen: (callId: string) => void };
}

export function CallTable({ calls, opening }: CallTableProps) {
  const w = useWords();
  return (
    <table className="al-table">
      <thead>
        <tr>
          <th scope="col">{w('calls.who')}</th>
          <th scope="col" className="al-wide">
            {w('calls.hotline')}
          </th>
          <th scope="col">{w('calls.when')}</th>
          <th scope="col" className="al-right al-wide">
            {w('calls.duration')}
          </th>
          <th scope="col" className="al-wide">
            {w('calls.result')}
          </th>
          <th scope="col">
            <span className="kern-sr-only">{w('calls.callBack')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <CallRow
            key={call.callId}
            call={call}
            open={call.callId === opening?.openId}
            onOpen={opening && (() => opening.onOpen(call.callId))}
          />
        ))}
      </tbody>
    </table>
  );
}

interface CallRowProps {
  readonly call: CallRecordView;
  readonly open: boolean;
  readonly onOpen: (() => void) | undefined;
}

function CallRow({ call, open, onOpen }: CallRowProps) {
  const w = useWords();
  const now = useNow();
  const formats = useFormats();
  const look = callLook(call);
  const { number } = call.party;
  return (
    <tr className={onOpen && `is-pressable ${open ? 'is-selected' : ''}`} onClick={onOpen}>
      <td>
        {onOpen ? (
          <AriaButton className="al-rowbutton" aria-expanded={open} onPress={onOpen}>
            <CallParty call={call} />
          </AriaButton>
        ) : (
          <CallParty call={call} />
        )}
      </td>
      <td className="al-wide">{call.hotlineName ?? '–'}</td>
      <td className="al-num">{formats.dayAndTime(call.arrivedAt, now)}</td>
      <td className="al-num al-right al-wide">
        {call.talkMilliseconds > 0 ? finishedTime(call.talkMilliseconds) : '–'}
      </td>
      <td className="al-wide">
        <span className={look.missed ? 'al-state al-state--late' : ''}>{w(look.outcome)}</span>
      </td>
      <td className="al-right al-tight" onClick={(event) => event.stopPropagation()}>
        {number !== undefined && (
          <IconButton
            icon="call"
            label={w('calls.callBackTo', { party: call.partyText })}
            onPress={() => void startCall(number)}
          />
        )}
      </td>
    </tr>
  );
}
