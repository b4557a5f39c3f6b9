import { teamRoutes, type ColleagueView } from '@amtsleitung/contract';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callRoute } from '../api/api-client.ts';
import { useLive } from '../live/live-store.ts';

/** Everybody with an extension, alphabetical, with the presence as it is now. */
export function useColleagues(): {
  readonly people: readonly ColleagueView[];
  readonly query: UseQueryResult<unknown>;
} {
  const query = useQuery({
    queryKey: ['team'],
    queryFn: () => callRoute(teamRoutes.list, { query: {} }),
    staleTime: 5 * 60_000,
  });
  const { presence } = useLive();
  const listed = query.data?.people;
  const people = useMemo(
    () => (listed ?? []).map((one) => ({ ...one, presence: presence.get(one.personId) ?? one.presence })),
    [listed, presence],
  );
  return { people, query };
}
