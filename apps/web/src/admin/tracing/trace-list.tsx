import { Link } from '@tanstack/react-router';
import { tracingRoutes } from '@amtsleitung/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callRoute } from '../../shared/api/api-client.ts';
import { problemSentence } from '../../shared/api/api-problem.ts';
import { useWords } from '../../shared/language/words.ts';
import { Button } from '../../shared/parts/button.tsx';
import { TextField } from '../../shared/parts/field.tsx';
import { Empty, Note } from '../../shared/parts/message.tsx';
import { SkeletonRows } from '../../shared/parts/skeleton.tsx';
import { isComplete, queryOf, type TraceSearch } from './trace-search.ts';
import { TraceTable } from './trace-table.tsx';

const pageSize = 50;

const useTraces = (search: TraceSearch) =>
  useInfiniteQuery({
    queryKey: ['traces', queryOf(search)],
    queryFn: ({ pageParam }) =>
      callRoute(tracingRoutes.recent, {
        query: { ...queryOf(search), ...(pageParam === 0 ? {} : { before: pageParam }) },
      }),
    initialPageParam: 0,
    getNextPageParam: ({ calls }) => (calls.length < pageSize ? undefined : calls.at(-1)?.at),
    placeholderData: (before) => before,
  });

/** Calls of the whole house whose signalling is kept, newest first. */
export function TraceList() {
  const w = useWords();
  const [search, setSearch] = useState<TraceSearch>({ lastDigits: '', before: '' });
  const list = useTraces(search);
  const calls = (list.data?.pages ?? []).flatMap((page) => page.calls);
  const enabled = list.data?.pages.at(0)?.enabled ?? true;
  return (
    <>
      {list.error !== null && (
        <Note look="late" icon="warning">
          {problemSentence(list.error, w)}
        </Note>
      )}
      {!enabled && <SwitchedOff />}
      <SearchFields search={search} onChange={setSearch} />
      <section className="al-panel" aria-label={w('admin.traces')} aria-busy={list.isFetching}>
        {list.isPending && <SkeletonRows rows={6} columns={[40, 20, 60, 40]} />}
        {list.data !== undefined && calls.length === 0 && (
          <NoCalls searched={Object.keys(queryOf(search)).length > 0} enabled={enabled} />
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

function SwitchedOff() {
  const w = useWords();
  return (
    <Note look="hold" icon="visibility_off">
      <p>
        <b>{w('trace.off')}</b>
      </p>
      <p>{w('trace.offText')}</p>
      <p>
        <Link to="/admin/$section" params={{ section: 'rights' }}>
          {w('trace.offLink')}
        </Link>
      </p>
    </Note>
  );
}

interface SearchFieldsProps {
  readonly search: TraceSearch;
  readonly onChange: (search: TraceSearch) => void;
}

function SearchFields({ search, onChange }: SearchFieldsProps) {
  const w = useWords();
  return (
    <search className="al-row al-row--wrap tr-search">
      <TextField
        label={w('trace.before')}
        type="datetime-local"
        value={search.before}
        onChange={(before) => onChange({ ...search, before })}
      />
      <TextField
        label={w('trace.lastDigits')}
        inputMode="numeric"
        maxLength={3}
        value={search.lastDigits}
        onChange={(lastDigits) => onChange({ ...search, lastDigits })}
        problem={isComplete(search.lastDigits) ? undefined : w('trace.lastDigitsWrong')}
      />
    </search>
  );
}

function NoCalls({ searched, enabled }: { readonly searched: boolean; readonly enabled: boolean }) {
  const w = useWords();
  if (searched)
    return (
      <Empty icon="search" title={w('trace.notFoundCalls')}>
        <p className="al-s">{w('trace.notFoundCallsText')}</p>
      </Empty>
    );
  return (
    <Empty icon="visibility" title={w('trace.none')}>
      {enabled && <p className="al-s">{w('trace.noneText')}</p>}
    </Empty>
  );
}
