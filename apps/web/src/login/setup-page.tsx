import './login.css';
import { sessionRoutes } from '@amtsleitung/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { Form } from 'react-aria-components';
import { callRoute } from '../shared/api/api-client.ts';
import { asProblem, fieldSentence, problemSentence } from '../shared/api/api-problem.ts';
import { useWords } from '../shared/language/words.ts';
import { useDensity } from '../shared/look/density.ts';
import { BrandMark } from '../shared/parts/brand.tsx';
import { Button } from '../shared/parts/button.tsx';
import { TextField } from '../shared/parts/field.tsx';
import { focusFirstProblem } from '../shared/parts/focus-problem.ts';
import { Line } from '../shared/parts/line.tsx';
import { Note } from '../shared/parts/message.tsx';
import { useSignedIn } from '../shared/session/session.tsx';
import { EntranceChoices } from './entrance-choices.tsx';

const empty = { tenantName: '', firstName: '', lastName: '', login: '', password: '' };
type Draft = typeof empty;
type FieldName = keyof Draft;
const shortest: Readonly<Record<FieldName, number>> = {
  tenantName: 1,
  firstName: 1,
  lastName: 1,
  login: 2,
  password: 10,
};
const fieldNames = Object.keys(empty) as FieldName[];

const missingIn = (draft: Draft): Partial<Record<FieldName, string>> =>
  Object.fromEntries(
    fieldNames
      .filter((name) => draft[name].trim().length < shortest[name])
      .map((name) => [name, name === 'password' ? 'too-short-password' : 'required']),
  );

/** The first administrator of an empty house; the one-time link proves that they started it. */
export function SetupPage() {
  const w = useWords();
  useDensity('komfortabel');
  const { token = '' } = useSearch({ from: '/setup' });
  // The token leaves the address bar at once: addresses end up in histories and screenshots.
  const [kept] = useState(token);
  useEffect(() => {
    history.replaceState(history.state, '', '/setup');
    document.title = w('title.page', { page: w('setup.title'), tenant: '' });
  }, [w]);
  return (
    <main className="lg">
      <div className="lg-left">
        <div className="lg-brand">
          <BrandMark />
          <span>{w('brand')}</span>
        </div>
        <div>
          <h1>{w('setup.title')}</h1>
          <p className="al-muted lg-lead">{w('setup.lead')}</p>
        </div>
        <Line
          look="idle"
          label={w('setup.steps')}
          stops={[
            { id: 'start', title: w('setup.stepStarted') },
            { id: 'you', title: w('setup.stepYou'), towardsNext: 'next' },
            { id: 'numbers', title: w('setup.stepNumbers'), open: true },
          ]}
        />
        {kept === '' ? (
          <Note look="hold" icon="key">
            {w('setup.noToken')}
          </Note>
        ) : (
          <SetupForm token={kept} />
        )}
        <EntranceChoices />
      </div>
    </main>
  );
}

function SetupForm({ token }: { readonly token: string }) {
  const w = useWords();
  const navigate = useNavigate();
  const signedIn = useSignedIn();
  const [draft, setDraft] = useState(empty);
  const [problems, setProblems] = useState<Partial<Record<FieldName, string>>>({});
  const [refusal, setRefusal] = useState<unknown>();
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const missing = missingIn(draft);
    setProblems(missing);
    setRefusal(undefined);
    if (Object.keys(missing).length > 0) return focusFirstProblem();
    try {
      signedIn(await callRoute(sessionRoutes.setUp, { body: { token, ...draft } }));
      await navigate({ to: '/admin/$section', params: { section: 'people' } });
    } catch (error) {
      const { fields } = asProblem(error);
      setProblems(fields);
      if (Object.keys(fields).length === 0) setRefusal(error);
      else focusFirstProblem();
    }
  };
  return (
    <Form className="lg-form" onSubmit={(event) => void save(event)}>
      {refusal !== undefined && (
        <Note look="late" icon="warning">
          {problemSentence(refusal, w)}
        </Note>
      )}
      {fieldNames.map((name) => (
        <TextField
          key={name}
          label={w(`setup.${name}`)}
          type={name === 'password' ? 'password' : 'text'}
          autoComplete={name === 'password' ? 'new-password' : name === 'login' ? 'username' : 'off'}
          value={draft[name]}
          onChange={(value) => setDraft({ ...draft, [name]: value })}
          hint={name === 'password' ? w('password.hint') : undefined}
          problem={problems[name] === undefined ? undefined : fieldSentence(problems[name], w)}
        />
      ))}
      <Button look="primary" type="submit">
        {w('setup.submit')}
      </Button>
    </Form>
  );
}
