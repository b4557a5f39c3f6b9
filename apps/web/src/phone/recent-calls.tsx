import '../shared/parts/table.css';
import { callRoutes, type CallRecordView } from '@amtsleitung/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callRoute } from '../shared/api/api-client.ts';
import { problemSentence } from '../shared/api/api-problem.ts';
import { callLook } from '../shared/calls/call-look.ts';
import { CallParty } from '../shared/calls/call-party.tsx';
import { finishedTime } from '../shared/format/formats.ts';
import { useFormats } from '../shared/format/use-formats.ts';
import { useWords } from '../shared/language/words.ts';
import { Button, IconButton } from '../shared/parts/button.tsx';
import { Chips } from '../shared/parts/chips.tsx';
import { Empty, Note } from '../shared/parts/message.tsx';
import { Panel } from '../shared/parts/panel.tsx';
import { SkeletonRows } from '../shared/parts/skeleton.tsx';
import { startCall } from '../shared/phone/call-commands.ts';
import { useNow } from '../shared/time/wall-clock.ts';

const mostShown = 6;

/** The last calls of this person, to call back with one click. */
export function RecentCalls() {
  const w = useWords();
  const [filter, setFilter] = useState<'all' | 'missed'>('all');
  const { data, isPending, error, refetch } = useQuery({
    queryKey: ['calls', 'recent'],
    queryFn: () => callRoute(callRoutes.list, { query: { limit: 20 } }),
  });
  const missed = (data?.calls ?? []).filter((call) => callLook(call).missed);
  const shown = (filter === 'missed' ? missed : (data?.calls ?? [])).slice(0, mostShown);
  return (
    <Panel
      title={w('recent.title')}
      busy={isPending}
      beside={
        <Chips
          label={w('recent.filter')}
          value={filter}
          onChange={setFilter}
          chips={[
            { id: 'all', label: w('recent.all') },
            {
              id: 'missed',
              label: (
                <>
                  {w('recent.missed')} <b>{missed.length}</b>
                </>
              ),
            },
          ]}
        />
      }
    >
      {isPending ? (
        <SkeletonRows rows={3} columns={[40, 40, 20, 40]} />
      ) : error !== null ? (
        <div className="al-panel__body">
          <Note look="late" icon="warning">
            <p>{problemSentence(error, w)}</p>
            <Button look="tertiary" icon="refresh" onPress={() => void refetch()}>
              {w('action.again')}
            </Button>
          </Note>
        </div>
      ) : shown.length === 0 ? (
        <Empty icon="history" title={w(filter === 'missed' ? 'recent.noneMissed' : 'recent.none')} />
      ) : (
        <RecentTable calls={shown} />
      )}
    </Panel>
  );
}

function RecentTable({ calls }: { readonly calls: readonly CallRecordView[] }) {
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
          <RecentRow key={call.callId} call={call} />
        ))}
      </tbody>
    </table>
  );
}

function RecentRow({ call }: { readonly call: CallRecordView }) {
  const w = useWords();
  const now = useNow();
  const formats = useFormats();
  const look = callLook(call);
  const { number } = call.party;
  return (
    <tr>
      <td>
        <CallParty call={call} />
      </td>
      <td className="al-wide">{call.hotlineName ?? '–'}</td>
      <td className="al-num">{formats.dayAndTime(call.arrivedAt, now)}</td>
      <td className="al-num al-right al-wide">
        {call.talkMilliseconds > 0 ? finishedTime(call.talkMilliseconds) : '–'}
      </td>
      <td className="al-wide">
        <span className={look.missed ? 'al-state al-state--late' : ''}>{w(look.outcome)}</span>
      </td>
      <td className="al-right al-tight">
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
