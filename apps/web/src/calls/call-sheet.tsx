import type { CallRecordView } from '@amtsleitung/contract';
import { Link } from '@tanstack/react-router';
import { callLook } from '../shared/calls/call-look.ts';
import { finishedTime } from '../shared/format/formats.ts';
import { useFormats } from '../shared/format/use-formats.ts';
import { useWords } from '../shared/language/words.ts';
import { Button } from '../shared/parts/button.tsx';
import { Line } from '../shared/parts/line.tsx';
import { SideSheet } from '../shared/parts/side-sheet.tsx';
import { startCall } from '../shared/phone/call-commands.ts';
import { useIsAllowed, useSession } from '../shared/session/session.tsx';
import { useNow } from '../shared/time/wall-clock.ts';
import { callSteps } from './call-steps.ts';

/** One call: what it was, and its way drawn as a line. */
export function CallSheet({ call, onClose }: { readonly call: CallRecordView; readonly onClose: () => void }) {
  const w = useWords();
  const now = useNow();
  const formats = useFormats();
  const { firstName, lastName } = useSession();
  const isAdmin = useIsAllowed('admin');
  const look = callLook(call);
  const { number } = call.party;
  const facts = [
    [w('calls.when'), formats.dayAndTime(call.arrivedAt, now)],
    [w('calls.way'), w(look.way)],
    [w('calls.result'), w(look.outcome)],
    [w('calls.waited'), finishedTime(call.waitMilliseconds)],
    [w('calls.talked'), call.talkMilliseconds > 0 ? finishedTime(call.talkMilliseconds) : '–'],
  ] as const;
  return (
    <SideSheet
      title={call.partyText === '' ? w('party.suppressed') : call.partyText}
      onClose={onClose}
      actions={
        number === undefined ? (
          <span className="al-s al-muted al-grow">{w('calls.noCallBack')}</span>
        ) : (
          <Button look="primary" icon="call-fill" onPress={() => void startCall(number)}>
            {w('calls.callBack')}
          </Button>
        )
      }
    >
      <dl className="calls__facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="al-num">{value}</dd>
          </div>
        ))}
      </dl>
      <h3 className="calls__way">{w('line.label')}</h3>
      <Line
        direction="down"
        look={look.missed ? 'late' : call.endedAt === undefined ? 'live' : 'idle'}
        label={w('line.label')}
        stops={callSteps(call, `${firstName} ${lastName}`, w)}
      />
      {isAdmin && (
        <p className="calls__trace">
          <Link to="/admin/$section" params={{ section: 'traces' }} search={{ call: call.callId }}>
            {w('trace.open')}
          </Link>
        </p>
      )}
    </SideSheet>
  );
}
