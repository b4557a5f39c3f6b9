import { sessionRoutes } from '@amtsleitung/contract';
import { useRef, useState, type FormEvent } from 'react';
import { Form } from 'react-aria-components';
import { callRoute } from '../shared/api/api-client.ts';
import { problemSentence } from '../shared/api/api-problem.ts';
import { useWords } from '../shared/language/words.ts';
import { Button, IconButton } from '../shared/parts/button.tsx';
import { TextField } from '../shared/parts/field.tsx';
import { focusFirstProblem } from '../shared/parts/focus-problem.ts';
import { Note } from '../shared/parts/message.tsx';
import { useSignedIn } from '../shared/session/session.tsx';

/** Name and password. A refusal says the same for an unknown name and a wrong password. */
export function LoginForm() {
  const w = useWords();
  const signedIn = useSignedIn();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const message = useRef<HTMLDivElement>(null);
  const missing = problem === 'missing';

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (login.trim() === '' || password === '') {
      setProblem('missing');
      return focusFirstProblem();
    }
    setBusy(true);
    try {
      signedIn(await callRoute(sessionRoutes.signIn, { body: { login: login.trim(), password } }));
    } catch (error) {
      setBusy(false);
      setPassword('');
      setProblem(error);
      requestAnimationFrame(() => message.current?.focus());
    }
  };
  return (
    <Form className="lg-form" onSubmit={(event) => void submit(event)}>
      {problem !== undefined && !missing && (
        <div ref={message} tabIndex={-1}>
          <Note look="late" icon="warning">
            {problemSentence(problem, w)}
          </Note>
        </div>
      )}
      <TextField
        label={w('login.name')}
        name="username"
        autoComplete="username"
        value={login}
        onChange={setLogin}
        autoFocus
        problem={missing && login.trim() === '' ? w('login.nameMissing') : undefined}
      />
      <TextField
        label={w('login.password')}
        name="password"
        type={shown ? 'text' : 'password'}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        problem={missing && password === '' ? w('login.passwordMissing') : undefined}
        after={
          <IconButton
            icon={shown ? 'visibility_off' : 'visibility'}
            label={w(shown ? 'login.hidePassword' : 'login.showPassword')}
            onPress={() => setShown(!shown)}
          />
        }
      />
      <Button look="primary" type="submit">
        {w(busy ? 'login.busy' : 'login.submit')}
      </Button>
    </Form>
  );
}
