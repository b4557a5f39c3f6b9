import './login.css';
import { sessionRoutes, type Entrance } from '@amtsleitung/contract';
import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { callRoute } from '../shared/api/api-client.ts';
import { problemSentence } from '../shared/api/api-problem.ts';
import { useDensity } from '../shared/look/density.ts';
import { useWords, type SentenceId } from '../shared/language/words.ts';
import { BrandMark } from '../shared/parts/brand.tsx';
import { Button } from '../shared/parts/button.tsx';
import { Note } from '../shared/parts/message.tsx';
import { DemoPeople } from './demo-people.tsx';
import { EntranceChoices } from './entrance-choices.tsx';
import { LoginForm } from './login-form.tsx';

const greeting = (hour: number): SentenceId =>
  hour < 11 ? 'login.morning' : hour < 18 ? 'login.day' : 'login.evening';

/** The way in: a form, and in the demo town a list of people to be. */
export function LoginPage() {
  const w = useWords();
  useDensity('komfortabel');
  const entrance = useQuery({ queryKey: ['entrance'], queryFn: () => callRoute(sessionRoutes.entrance, {}) });
  const tenantName = entrance.data?.tenantName ?? '';
  useEffect(() => {
    document.title = w('title.page', { page: w('login.title'), tenant: tenantName });
  }, [w, tenantName]);
  if (entrance.data?.state === 'setup') return <Navigate to="/setup" />;
  const hello = w(greeting(new Date().getHours()));
  return (
    <main className={`lg ${(entrance.data?.demoPeople.length ?? 0) > 0 ? 'lg--demo' : ''}`}>
      <div className="lg-left">
        <div className="lg-brand">
          <BrandMark />
          <span>{w('brand')}</span>
        </div>
        <div>
          <h1>{tenantName === '' ? hello : w('login.greeting', { hello, tenant: tenantName })}</h1>
          <p className="al-muted lg-lead">{w('login.lead')}</p>
        </div>
        {entrance.isError && (
          <Note look="late" icon="wifi_off">
            <p>{problemSentence(entrance.error, w)}</p>
            <Button look="tertiary" icon="refresh" onPress={() => void entrance.refetch()}>
              {w('action.again')}
            </Button>
          </Note>
        )}
        <LoginForm />
        <EntranceChoices />
      </div>
      <DemoSide entrance={entrance.data} />
    </main>
  );
}

function DemoSide({ entrance }: { readonly entrance: Entrance | undefined }) {
  if (entrance === undefined || entrance.demoPeople.length === 0) return null;
  return <DemoPeople people={entrance.demoPeople} />;
}
