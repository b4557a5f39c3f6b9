import { useEffect, useState } from 'react';
import { useWords } from '../shared/language/words.ts';
import { useLive, useLiveLine } from '../shared/live/live-store.ts';
import { Button } from '../shared/parts/button.tsx';
import { Icon } from '../shared/icons/icon.tsx';
import { Note } from '../shared/parts/message.tsx';
import { audioCheckOpen } from '../shared/phone/audio-check-open.ts';
import { useBrowserPhone, usePhoneControls, type Microphone } from '../shared/phone/browser-phone.ts';

type Problem = Exclude<Microphone, 'ready' | 'unknown'>;
const steps: Record<Problem, readonly (1 | 2 | 3)[]> = {
  blocked: [1, 2, 3],
  missing: [1, 2],
  busy: [1, 2],
  insecure: [1],
};

/** What keeps this browser from being a telephone, what still works, and what to do. */
export function PhoneProblems() {
  const { microphone } = useBrowserPhone();
  return (
    <>
      <RegistrationNote />
      {microphone !== 'ready' && microphone !== 'unknown' && <MicrophoneProblem problem={microphone} />}
    </>
  );
}

function RegistrationNote() {
  const w = useWords();
  const { registration } = useBrowserPhone();
  const { phone } = useLive();
  const line = useLiveLine();
  const [late, setLate] = useState(false);
  const bad = registration !== 'registered';
  useEffect(() => {
    if (!bad) {
      setLate(false);
      return undefined;
    }
    const timer = setTimeout(() => setLate(true), 4000);
    return () => clearTimeout(timer);
  }, [bad]);
  // Without the line to the house the banner above says it for both.
  if (!late || line.kind !== 'live') return null;
  if (registration === 'unsupported')
    return (
      <Note look="hold" icon="warning">
        {w('registration.unsupported')}
      </Note>
    );
  return (
    <Note look="hold" icon="wifi_off">
      <b>{w('registration.lost')}</b>{' '}
      {w(phone?.reachable === true ? 'registration.otherRings' : 'registration.noneRings')}
    </Note>
  );
}

function MicrophoneProblem({ problem }: { readonly problem: Problem }) {
  const w = useWords();
  const { checkMicrophone } = usePhoneControls();
  return (
    <section className="al-panel st-err" aria-labelledby="microphone">
      <Icon name="mic_off" size={32} />
      <div className="al-grow">
        <h2 id="microphone">{w(`microphone.${problem}`)}</h2>
        <p>{w('microphone.consequence')}</p>
        <ol className="st-steps">
          {steps[problem].map((step) => (
            <li key={step}>
              <b aria-hidden="true">{step}</b>
              {w(`microphone.${problem}${step}` as 'microphone.blocked1')}
            </li>
          ))}
        </ol>
        <div className="al-row al-row--wrap">
          <Button look="primary" icon="refresh" onPress={() => void checkMicrophone()}>
            {w('microphone.again')}
          </Button>
          <Button icon="tune" onPress={() => audioCheckOpen.set(true)}>
            {w('microphone.choose')}
          </Button>
        </div>
      </div>
    </section>
  );
}
