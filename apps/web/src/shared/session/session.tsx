import { sessionRoutes, type SignedIn } from '@amtsleitung/contract';
import { useQuery, useQueryClient, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import { createContext, useCallback, useContext } from 'react';
import { callRoute } from '../api/api-client.ts';
import { asProblem } from '../api/api-problem.ts';
import { phoneControls } from '../phone/browser-phone.ts';

const sessionKey = ['session'];

/** Who is signed in; `null`: nobody. */
export const useSessionQuery = (): UseQueryResult<SignedIn | null> =>
  useQuery({
    queryKey: sessionKey,
    queryFn: () =>
      callRoute(sessionRoutes.current, {}).catch((error: unknown) => {
        if (asProblem(error).status === 401) return null;
        throw error;
      }),
    staleTime: 60_000,
  });

const SessionContext = createContext<SignedIn | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

/** The person at this screen. */
export function useSession(): SignedIn {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('used outside of a session');
  return session;
}

export const useIsAllowed = (role: 'lead' | 'admin'): boolean => {
  const { roles } = useSession();
  return roles.includes(role) || (role === 'lead' && roles.includes('admin'));
};

/** The session's own query stays: whoever watches it would not notice a new one under the same key. */
function forgetAllBut(client: QueryClient, key: readonly string[]): void {
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== key[0] });
}

/** Puts a fresh session in place, with nothing left of the one before. */
export function useSignedIn(): (session: SignedIn) => void {
  const client = useQueryClient();
  return useCallback(
    (session) => {
      forgetAllBut(client, sessionKey);
      client.setQueryData(sessionKey, session);
    },
    [client],
  );
}

/** Gives back the registration first, so that no call rings at a chair that is empty. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    await phoneControls.get().close();
    await callRoute(sessionRoutes.signOut, {}).catch(() => undefined);
    forgetAllBut(client, sessionKey);
    client.setQueryData(sessionKey, null);
  }, [client]);
}
