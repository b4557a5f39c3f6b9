import { ownPhoneRoutes, type OwnPhoneView } from '@amtsleitung/contract';
import { useState } from 'react';
import { callRoute } from '../shared/api/api-client.ts';
import { problemSentence } from '../shared/api/api-problem.ts';
import { useFieldSentences } from '../shared/forms/use-draft.ts';
import { useSaving } from '../shared/forms/use-saving.ts';
import { runningTime } from '../shared/format/formats.ts';
import { useWords } from '../shared/language/words.ts';
import { Button } from '../shared/parts/button.tsx';
import { TextField } from '../shared/parts/field.tsx';
import { Note } from '../shared/parts/message.tsx';
import { NumberText } from '../shared/parts/number-text.tsx';
import { Panel } from '../shared/parts/panel.tsx';
import { tell } from '../shared/parts/toast-store.ts';
import { useNow } from '../shared/time/wall-clock.ts';

interface Code {
  readonly code: string;
  readonly expiresAt: number;
}

/** Any desk phone becomes one's own: by a code from this screen, or by a PIN. */
export function HotDeskPanel({ phone }: { readonly phone: OwnPhoneView }) {
  const w = useWords();
  const [code, setCode] = useState<Code>();
  const ask = async (): Promise<void> => {
    await callRoute(ownPhoneRoutes.hotDeskCode, {}).then(setCode, (error: unknown) =>
      tell(problemSentence(error, w), 'problem'),
    );
  };
  return (
    <Panel title={w('own.hotDesk')}>
      <div className="own-body">
        <p className="al-hint">{w('own.hotDeskHint')}</p>
        {phone.guestOf.length > 0 && (
          <Note look="wrap" icon="deskphone">
            {w('own.guestOf', { phones: phone.guestOf.join(', ') })}
          </Note>
        )}
        <div className="al-row al-row--wrap">
          <Button icon="dialpad" onPress={() => void ask()}>
            {w('own.code')}
          </Button>
          <div role="status">{code !== undefined && <ShownCode code={code} />}</div>
        </div>
        <PinForm hasPin={phone.hasPin} />
      </div>
    </Panel>
  );
}

function ShownCode({ code: { code, expiresAt } }: { readonly code: Code }) {
  const w = useWords();
  const now = useNow();
  if (now >= expiresAt) return <span className="al-muted">{w('own.codeOver')}</span>;
  return (
    <span className="own-code">
      <span className="al-muted">{w('own.codeDial')}</span> <NumberText text={`*30${code}`} />{' '}
      <span className="al-muted" aria-live="off">
        {w('own.codeLeft', { time: runningTime(expiresAt - now) })}
      </span>
    </span>
  );
}

function PinForm({ hasPin }: { readonly hasPin: boolean }) {
  const w = useWords();
  const [pin, setPin] = useState('');
  const { busy, problems, save } = useSaving();
  const sentence = useFieldSentences(problems);
  const store = async (): Promise<void> => {
    const done = await save(() => callRoute(ownPhoneRoutes.setPin, { body: { pin } }), { done: w('own.pinSaved') });
    if (done) setPin('');
  };
  return (
    <form
      className="own-pin"
      onSubmit={(event) => {
        event.preventDefault();
        void store();
      }}
    >
      <h3>{w('own.pin')}</h3>
      <p className="al-hint">{w(hasPin ? 'own.pinSet' : 'own.pinNone')}</p>
      <div className="al-row al-row--wrap own-pin__row">
        <TextField
          label={w('own.newPin')}
          hint={w('own.pinHint')}
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          value={pin}
          onChange={setPin}
          problem={sentence('pin')}
        />
        <Button type="submit" isPending={busy} isDisabled={pin === ''}>
          {w('own.setPin')}
        </Button>
      </div>
    </form>
  );
}
