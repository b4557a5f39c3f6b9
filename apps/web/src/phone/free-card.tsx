import { useState, type FormEvent } from 'react';
import { Form } from 'react-aria-components';
import { useWords } from '../shared/language/words.ts';
import { useLive } from '../shared/live/live-store.ts';
import { useStore } from '../shared/look/store.ts';
import { Button } from '../shared/parts/button.tsx';
import { TextField } from '../shared/parts/field.tsx';
import { IdleLine } from '../shared/parts/line.tsx';
import { audioCheckOpen } from '../shared/phone/audio-check-open.ts';
import { callPanel, setPaused, startCall } from '../shared/phone/call-commands.ts';

/** Nothing rings: what will happen next, and what one can do. */
export function FreeCard() {
  const w = useWords();
  const { hotlines } = useLive();
  const panel = useStore(callPanel);
  const paused = hotlines?.paused === true;
  const count = hotlines?.hotlines.filter((hotline) => hotline.loggedIn).length ?? 0;
  return (
    <section className="al-stage" aria-labelledby="free">
      <div className="al-stage__call al-stage__call--free">
        <IdleLine waiting={paused} />
        <h2 id="free" className="al-stage__title">
          {w(paused ? 'free.pauseTitle' : 'free.title')}
        </h2>
        <p className="al-muted">{paused ? w('free.pauseText') : w('free.text', { count })}</p>
        {panel === 'dial' ? (
          <DialForm />
        ) : (
          <div className="al-row al-row--wrap al-stage__acts">
            {paused ? (
              <Button look="primary" icon="check" onPress={() => void setPaused(false)}>
                {w('free.endPause')}
              </Button>
            ) : (
              <Button look="primary" icon="dialpad" onPress={() => callPanel.set('dial')}>
                {w('free.dial')}
              </Button>
            )}
            <Button icon="network_check" onPress={() => audioCheckOpen.set(true)}>
              {w('free.check')}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}

function DialForm() {
  const w = useWords();
  const [number, setNumber] = useState('');
  const [empty, setEmpty] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setEmpty(number.trim() === '');
    if (number.trim() === '') return;
    if (await startCall(number)) callPanel.set('none');
  };
  return (
    <Form className="phone-dial" onSubmit={(event) => void submit(event)}>
      <TextField
        label={w('dial.number')}
        hint={w('dial.hint')}
        type="tel"
        autoComplete="off"
        value={number}
        onChange={setNumber}
        autoFocus
        problem={empty ? w('dial.missing') : undefined}
      />
      <div className="al-row">
        <Button look="primary" icon="call-fill" type="submit">
          {w('dial.call')}
        </Button>
        <Button look="tertiary" onPress={() => callPanel.set('none')}>
          {w('dial.cancel')}
        </Button>
      </div>
    </Form>
  );
}
