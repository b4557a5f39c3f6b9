import { lazy, Suspense, useEffect } from 'react';
import { chosenLanguage, showLanguage } from '../shared/language/choose-language.ts';
import { useWords } from '../shared/language/words.ts';
import { SessionProvider, useSessionQuery } from '../shared/session/session.tsx';
import { Button } from '../shared/parts/button.tsx';
import { IdleLine } from '../shared/parts/line.tsx';
import './lost-page.css';

const LoginPage = lazy(() => import('../login/login-page.tsx').then((module) => ({ default: module.LoginPage })));
const Shell = lazy(() => import('./shell/shell.tsx').then((module) => ({ default: module.Shell })));

/** Shows the entrance to those who are not signed in, whatever page they asked for; it is there right after. */
export function StaffGate() {
  const session = useSessionQuery();
  const language = session.data?.language;
  useEffect(() => {
    if (language !== undefined && chosenLanguage() === undefined) void showLanguage(language);
  }, [language]);
  if (session.isPending) return null;
  if (session.data === undefined) return <NoHouse retry={() => void session.refetch()} />;
  return (
    <Suspense fallback={null}>
      {session.data === null ? (
        <LoginPage />
      ) : (
        <SessionProvider value={session.data}>
          <Shell key={session.data.personId} />
        </SessionProvider>
      )}
    </Suspense>
  );
}

/** The house does not answer and nothing is known yet. */
function NoHouse({ retry }: { readonly retry: () => void }) {
  const w = useWords();
  return (
    <main className="lost">
      <IdleLine waiting />
      <h1>{w('noHouse.title')}</h1>
      <p className="al-muted">{w('noHouse.text')}</p>
      <Button look="primary" icon="refresh" onPress={retry}>
        {w('noHouse.retry')}
      </Button>
    </main>
  );
}
