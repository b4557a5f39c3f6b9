import type { CallRecordView } from '@amtsleitung/contract';
import { Button as AriaButton } from 'react-aria-components';
import { callLook } from '../shared/calls/call-look.ts';
import { CallParty } from '../shared/calls/call-party.tsx';
import { finishedTime } from '../shared/format/formats.ts';
import { useFormats } from '../shared/format/use-formats.ts';
import { useWords } from '../shared/language/words.ts';
import { IconButton } from '../shared/parts/button.tsx';
import { startCall } from '../shared/phone/call-commands.ts';
import { useNow } from '../shared/time/wall-clock.ts';

interface CallTableProps {
  readonly calls: readonly CallRecordView[];
  readonly openId: string | undefined;
  readonly onOpen: (callId: string) => void;
}

export function CallTable({ calls, openId, onOpen }: CallTableProps) {
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
          <CallRow key={call.callId} call={call} open={call.callId === openId} onOpen={() => onOpen(call.callId)} />
        ))}
      </tbody>
    </table>
  );
}

interface CallRowProps {
  readonly call: CallRecordView;
  readonly open: boolean;
  readonly onOpen: () => void;
}

function CallRow({ call, open, onOpen }: CallRowProps) {
  const w = useWords();
  const now = useNow();
  const formats = useFormats();
  const look = callLook(call);
  const { number } = call.party;
  return (
    <tr className={`is-pressable ${open ? 'is-selected' : ''}`} onClick={onOpen}>
      <td>
        <AriaButton className="al-rowbutton" aria-expanded={open} onPress={onOpen}>
          <CallParty call={call} />
        </AriaButton>
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
