import { sessionRoutes } from '@amtsleitung/contract';
import { useState, type FormEvent } from 'react';
import { Form } from 'react-aria-components';
import { callRoute } from '../../shared/api/api-client.ts';
import { asProblem, fieldSentence, problemSentence, type ApiProblem } from '../../shared/api/api-problem.ts';
import { useWords } from '../../shared/language/words.ts';
import { createStore, useStore } from '../../shared/look/store.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Dialog } from '../../shared/parts/dialog.tsx';
import { TextField } from '../../shared/parts/field.tsx';
import { tell } from '../../shared/parts/toast-store.ts';

const isOpenStore = createStore(false);
export const openPassword = (): void => isOpenStore.set(true);
const close = (): void => isOpenStore.set(false);
const shortest = 10;

export function PasswordDialog() {
  const w = useWords();
  return (
    <Dialog title={w('password.title')} isOpen={useStore(isOpenStore)} onClose={close}>
      <PasswordForm />
    </Dialog>
  );
}

function PasswordForm() {
  const w = useWords();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [problem, setProblem] = useState<ApiProblem>();
  const [short, setShort] = useState(false);
  const refused = problem?.fields['next'];
  const flaw = short || refused === 'too-small' ? 'too-short-password' : refused;
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblem(undefined);
    setShort(next.length < shortest);
    if (next.length < shortest) return;
    try {
      await callRoute(sessionRoutes.changePassword, { body: { current, next } });
      tell(w('password.done'));
      close();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Form className="al-stack" onSubmit={(event) => void save(event)}>
      <TextField
        label={w('password.current')}
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
        problem={
          problem?.fields['current'] !== undefined
            ? w('password.wrong')
            : problem !== undefined && flaw === undefined
              ? problemSentence(problem, w)
              : undefined
        }
      />
      <TextField
        label={w('password.next')}
        type="password"
        autoComplete="new-password"
        value={next}
        onChange={setNext}
        hint={w('password.hint')}
        problem={flaw === undefined ? undefined : fieldSentence(flaw, w)}
      />
      <Button look="primary" type="submit">
        {w('password.save')}
      </Button>
    </Form>
  );
}
