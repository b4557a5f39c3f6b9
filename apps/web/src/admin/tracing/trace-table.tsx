import { Link } from '@tanstack/react-router';
import type { TracedCallView } from '@amtsleitung/contract';
import { callLook } from '../../shared/calls/call-look.ts';
import { useFormats } from '../../shared/format/use-formats.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { useWords } from '../../shared/language/words.ts';
import { useNow } from '../../shared/time/wall-clock.ts';

/** One row per call; its time leads to the ladder. */
export function TraceTable({ calls }: { readonly calls: readonly TracedCallView[] }) {
  const w = useWords();
  const formats = useFormats();
  const now = useNow();
  return (
    <table className="al-table">
      <thead>
        <tr>
          <th scope="col">{w('trace.when')}</th>
          <th scope="col">{w('calls.way')}</th>
          <th scope="col">{w('trace.number')}</th>
          <th scope="col">{w('trace.peers')}</th>
          <th scope="col" className="al-wide">
            {w('calls.result')}
          </th>
          <th scope="col" className="al-wide">
            {w('trace.messages')}
          </th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.callId}>
            <td className="al-num">
              <Link to="/admin/$section" params={{ section: 'traces' }} search={{ call: call.callId }}>
                {formats.dayAndTime(call.at, now)}
              </Link>
            </td>
            <RecordCells call={call} />
            <td className="al-num al-wide">{call.messages}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A call between phones of the house has no outside number; one that just ended may have no record yet. */
function RecordCells({ call }: { readonly call: TracedCallView }) {
  const w = useWords();
  const { direction, outcome, lastDigits } = call;
  const look = direction && callLook({ direction, outcome });
  return (
    <>
      <td>
        {look === undefined ? (
          '–'
        ) : (
          <span className="al-row">
            <Icon name={look.icon} size={20} />
            {w(`calls.way.${direction!}`)}
          </span>
        )}
      </td>
      <td className="al-num">{lastDigits === undefined ? '–' : w('trace.maskedNumber', { digits: lastDigits })}</td>
      <td>{call.peers.join(', ')}</td>
      <td className="al-wide">{w(look?.outcome ?? 'trace.unknownResult')}</td>
    </>
  );
}
