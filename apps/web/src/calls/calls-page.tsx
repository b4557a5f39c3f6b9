import '../shared/parts/table.css';
import '../shared/parts/side-sheet.css';
import './calls.css';
import { callRoutes, type CallRecordView } from '@amtsleitung/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { callRoute } from '../shared/api/api-client.ts';
import { problemSentence } from '../shared/api/api-problem.ts';
import { useWords } from '../shared/language/words.ts';
import { useDensity } from '../shared/look/density.ts';
import { usePageTitle } from '../shared/look/page-title.ts';
import { Button } from '../shared/parts/button.tsx';
import { Empty, Note } from '../shared/parts/message.tsx';
import { SearchBox } from '../shared/parts/search-box.tsx';
import { SkeletonRows } from '../shared/parts/skeleton.tsx';
import { CallSheet } from './call-sheet.tsx';
import { CallTable } from '../shared/calls/call-table.tsx';

const pageSize = 50;

const useCalls = (search: string) =>
  useInfiniteQuery({
    queryKey: ['calls', 'list', search],
    queryFn: ({ pageParam }) =>
      callRoute(callRoutes.list, {
        query: {
          limit: pageSize,
          ...(search === '' ? {} : { search }),
          ...(pageParam === 0 ? {} : { before: pageParam }),
        },
      }),
    initialPageParam: 0,
    getNextPageParam: ({ calls }) => (calls.length < pageSize ? undefined : calls.at(-1)?.arrivedAt),
    placeholderData: (before) => before,
  });

/** Own calls, newest first, each with its way. */
export function CallsPage() {
  const w = useWords();
  useDensity('komfortabel');
  usePageTitle(w('nav.calls'));
  const [typed, setTyped] = useState('');
  const [openId, setOpenId] = useState<string>();
  const search = useDeferredValue(typed.trim());
  const list = useCalls(search);
  const calls = (list.data?.pages ?? []).flatMap((page) => page.calls);
  const open = calls.find((call) => call.callId === openId);
  return (
    <div className={`al-split ${open === undefined ? '' : 'al-split--open'}`}>
      <div className="al-page al-stack calls">
        <div className="al-row al-row--wrap calls__head">
          <h1>{w('nav.calls')}</h1>
          <SearchBox label={w('calls.search')} value={typed} onChange={setTyped} ofPage />
        </div>
        {list.error !== null && (
          <Note look="late" icon="warning">
            <p>{problemSentence(list.error, w)}</p>
            <Button look="tertiary" icon="refresh" onPress={() => void list.refetch()}>
              {w('action.again')}
            </Button>
          </Note>
        )}
        <section className="al-panel" aria-label={w('nav.calls')} aria-busy={list.isFetching}>
          <CallList calls={calls} loading={list.isPending} search={search} openId={openId} onOpen={setOpenId} />
        </section>
        {list.hasNextPage && (
          <Button className="calls__more" isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            {w('calls.older')}
          </Button>
        )}
      </div>
      {open !== undefined && <CallSheet call={open} onClose={() => setOpenId(undefined)} />}
    </div>
  );
}

interface CallListProps {
  readonly calls: readonly CallRecordView[];
  readonly loading: boolean;
  readonly search: string;
  readonly openId: string | undefined;
  readonly onOpen: (callId: string) => void;
}

function CallList({ calls, loading, search, openId, onOpen }: CallListProps) {
  const w = useWords();
  if (loading) return <SkeletonRows rows={8} columns={[40, 40, 20, 20, 40]} />;
  if (calls.length > 0) return <CallTable calls={calls} opening={{ openId, onOpen }} />;
  return search === '' ? (
    <Empty icon="history" title={w('calls.none')}>
      <p className="al-s">{w('calls.noneText')}</p>
    </Empty>
  ) : (
    <Empty icon="search" title={w('calls.notFound', { search })}>
      <p className="al-s">{w('calls.notFoundText')}</p>
    </Empty>
  );
}
