import { Link, useSearch } from '@tanstack/react-router';
import { tracingRoutes } from '@amtsleitung/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { callRoute } from '../../shared/api/api-client.ts';
import { problemSentence } from '../../shared/api/api-problem.ts';
import { useFormats } from '../../shared/format/use-formats.ts';
import { useWords } from '../../shared/language/words.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Empty, Note } from '../../shared/parts/message.tsx';
import { SkeletonRows } from '../../shared/parts/skeleton.tsx';
import { useNow } from '../../shared/time/wall-clock.ts';
import { AdminSection } from '../admin-section.tsx';
import { TraceView } from './trace-view.tsx';

/** Calls with their signalling, or one of them. */
export function TracesSection() {
  const w = useWords();
  const { call } = useSearch({ from: '/staff/admin/$section' });
  return (
    <AdminSection title={w('admin.traces')} lead={w('trace.lead')}>
      {call === undefined ? <TraceList /> : <TraceView key={call} callId={call} />}
    </AdminSection>
  );
}

const pageSize = 50;

function TraceList() {
  const w = useWords();
  const list = useInfiniteQuery({
    queryKey: ['traces'],
    queryFn: ({ pageParam }) =>
      callRoute(tracingRoutes.recent, { query: pageParam === 0 ? {} : { before: pageParam } }),
    initialPageParam: 0,
    getNextPageParam: ({ calls }) => (calls.length < pageSize ? undefined : calls.at(-1)?.at),
  });
  const calls = (list.data?.pages ?? []).flatMap((page) => page.calls);
  const enabled = list.data?.pages.at(0)?.enabled ?? true;
  return (
    <>
      {list.error !== null && (
        <Note look="late" icon="warning">
          {problemSentence(list.error, w)}
        </Note>
      )}
      {!enabled && (
        <Note look="hold" icon="visibility_off">
          <p>
            <b>{w('trace.off')}</b>
          </p>
          <p>{w('trace.offText')}</p>
        </Note>
      )}
      <section className="al-panel" aria-label={w('admin.traces')} aria-busy={list.isFetching}>
        {list.isPending && <SkeletonRows rows={6} columns={[40, 60, 20, 20]} />}
        {list.data !== undefined && calls.length === 0 && (
          <Empty icon="visibility" title={w('trace.none')}>
            {enabled && <p className="al-s">{w('trace.noneText')}</p>}
          </Empty>
        )}
        {calls.length > 0 && <TraceTable calls={calls} />}
      </section>
      {list.hasNextPage && (
        <Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {w('trace.older')}
        </Button>
      )}
    </>
  );
}

interface TraceTableProps {
  readonly calls: readonly {
    readonly callId: string;
    readonly at: number;
    readonly legs: number;
    readonly messages: number;
    readonly peers: readonly string[];
  }[];
}

function TraceTable({ calls }: TraceTableProps) {
  const w = useWords();
  const formats = useFormats();
  const now = useNow();
  return (
    <table className="al-table">
      <thead>
        <tr>
          <th scope="col">{w('trace.when')}</th>
          <th scope="col">{w('trace.peers')}</th>
          <th scope="col" className="al-wide">
            {w('trace.legs')}
          </th>
          <th scope="col" className="al-wide">
            {w('trace.messages')}
          </th>
        </tr>
      </thead>
      <tbody>
        {calls.map(({ callId, at, legs, messages, peers }) => (
          <tr key={callId}>
            <td className="al-num">
              <Link to="/admin/$section" params={{ section: 'traces' }} search={{ call: callId }}>
                {formats.dayAndTime(at, now)}
              </Link>
            </td>
            <td>{peers.join(', ')}</td>
            <td className="al-num al-wide">{legs}</td>
            <td className="al-num al-wide">{messages}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
