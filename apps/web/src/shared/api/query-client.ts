import { QueryCache, QueryClient } from '@tanstack/react-query';
import { asProblem } from './api-problem.ts';

/** One cache for the whole app. An answer 401 makes it ask who is signed in. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (asProblem(error).status === 401 && query.queryKey[0] !== 'session')
          void client.invalidateQueries({ queryKey: ['session'] });
      },
    }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => {
          const { status } = asProblem(error);
          return failures < 2 && (status === 0 || status >= 500);
        },
        staleTime: 30_000,
      },
    },
  });
  return client;
}
