import { callRoutes } from '@amtsleitung/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callRoute } from '../shared/api/api-client.ts';
import { problemSentence } from '../shared/api/api-problem.ts';
import { callLook } from '../shared/calls/call-look.ts';
import { CallTable } from '../shared/calls/call-table.tsx';
import { useWords } from '../shared/language/words.ts';
import { Button } from '../shared/parts/button.tsx';
import { Chips } from '../shared/parts/chips.tsx';
import { Empty, Note } from '../shared/parts/message.tsx';
import { Panel } from '../shared/parts/panel.tsx';
import { SkeletonRows } from '../shared/parts/skeleton.tsx';

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
        <CallTable calls={shown} />
      )}
    </Panel>
  );
}
