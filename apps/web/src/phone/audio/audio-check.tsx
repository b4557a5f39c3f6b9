import './audio-check.css';
import { useEffect, useRef, useState } from 'react';
import { useWords, type SentenceId } from '../../shared/language/words.ts';
import { useLiveLine } from '../../shared/live/live-store.ts';
import { useStore } from '../../shared/look/store.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Dialog } from '../../shared/parts/dialog.tsx';
import { Select, type Choice } from '../../shared/parts/field.tsx';
import { Note, StateWord } from '../../shared/parts/message.tsx';
import { audioCheckOpen } from '../../shared/phone/audio-check-open.ts';
import {
  audioChoice,
  canChooseOutput,
  readAudioDevices,
  useAudioDevices,
  type AudioDevice,
  type AudioUse,
} from '../../shared/phone/audio-devices.ts';
import { useBrowserPhone } from '../../shared/phone/browser-phone.ts';
import { createLevelMeter } from './level-meter.ts';
import { closeMicrophone, MicrophoneProblem, openMicrophone } from './microphone.ts';
import { tryRing } from './ring-tone.ts';

/** Devices, level, ring tone and line in one place, before somebody calls. */
export function AudioCheck() {
  const w = useWords();
  const isOpen = useStore(audioCheckOpen);
  return (
    <Dialog title={w('check.title')} isOpen={isOpen} onClose={() => audioCheckOpen.set(false)}>
      <div className="al-stack">
        <LineCheck />
        <MicrophoneCheck />
        {canChooseOutput() && <DeviceSelect use="speaker" label="check.speaker" />}
        <div className="audio-ringer">
          {canChooseOutput() && <DeviceSelect use="ringer" label="check.ringer" />}
          <Button icon="volume_up" onPress={tryRing}>
            {w('check.tryRing')}
          </Button>
        </div>
        <NoticeCheck />
      </div>
    </Dialog>
  );
}

function LineCheck() {
  const w = useWords();
  const { registration } = useBrowserPhone();
  const line = useLiveLine();
  const phoneOk = registration === 'registered';
  const houseOk = line.kind === 'live';
  return (
    <ul className="audio-lines">
      <li>
        <StateWord look={phoneOk ? 'live' : 'hold'} icon={phoneOk ? 'check_circle-fill' : 'wifi_off'}>
          {w(`check.phone.${registration}`)}
        </StateWord>
      </li>
      <li>
        <StateWord look={houseOk ? 'live' : 'hold'} icon={houseOk ? 'check_circle-fill' : 'wifi_off'}>
          {w(houseOk ? 'check.houseLive' : 'check.houseBroken')}
        </StateWord>
      </li>
    </ul>
  );
}

function MicrophoneCheck() {
  const w = useWords();
  const device = useStore(audioChoice.microphone);
  const meter = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<MicrophoneProblem['reason']>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    let ended = false;
    let end = (): void => undefined;
    setProblem(undefined);
    openMicrophone().then(
      (stream) => {
        if (ended) return closeMicrophone(stream);
        end = showLevel(stream, meter);
        void readAudioDevices();
      },
      (error: unknown) => setProblem(error instanceof MicrophoneProblem ? error.reason : 'busy'),
    );
    return () => {
      ended = true;
      end();
    };
  }, [device, round]);
  return (
    <div>
      <DeviceSelect use="microphone" label="check.microphone" />
      {problem === undefined ? (
        <>
          <div className="audio-level" ref={meter} aria-hidden="true" />
          <p className="al-hint">{w('check.speak')}</p>
        </>
      ) : (
        <Note look="late" icon="mic_off">
          <p>
            <b>{w(`microphone.${problem}`)}</b> {w(`microphone.${problem}1`)}
          </p>
          <Button look="tertiary" icon="refresh" onPress={() => setRound(round + 1)}>
            {w('microphone.again')}
          </Button>
        </Note>
      )}
    </div>
  );
}

/** Draws the level until called back; a picture per frame, no React in between. */
function showLevel(stream: MediaStream, place: { readonly current: HTMLDivElement | null }): () => void {
  const meter = createLevelMeter(stream);
  let frame = 0;
  const draw = (): void => {
    place.current?.style.setProperty('--v', `${String(Math.round(meter.read() * 100))}%`);
    frame = requestAnimationFrame(draw);
  };
  draw();
  return () => {
    cancelAnimationFrame(frame);
    meter.close();
    closeMicrophone(stream);
  };
}

const system = 'system';

function DeviceSelect({ use, label }: { readonly use: AudioUse; readonly label: SentenceId }) {
  const w = useWords();
  const devices = useAudioDevices();
  const chosen = useStore(audioChoice[use]);
  const found = use === 'microphone' ? devices.inputs : devices.outputs;
  const named = (device: AudioDevice, index: number): Choice => ({
    id: device.id,
    label: device.label === '' ? w('check.device', { number: index + 1 }) : device.label,
  });
  const choices = [
    { id: system, label: w('check.system') },
    ...found.filter((device) => device.id !== 'default').map(named),
  ];
  return (
    <Select
      label={w(label)}
      choices={choices}
      value={choices.some((choice) => choice.id === chosen) ? chosen : system}
      onChange={(id) => audioChoice[use].set(id === system ? undefined : id)}
    />
  );
}

function NoticeCheck() {
  const w = useWords();
  const able = 'Notification' in globalThis;
  const [permission, setPermission] = useState(able ? Notification.permission : 'denied');
  if (!able) return null;
  return (
    <div>
      <p className="al-label">{w('check.notices')}</p>
      {permission === 'default' ? (
        <Button icon="notifications" onPress={() => void Notification.requestPermission().then(setPermission)}>
          {w('check.allowNotices')}
        </Button>
      ) : (
        <p className="al-s al-muted">{w(permission === 'granted' ? 'check.noticesOn' : 'check.noticesOff')}</p>
      )}
    </div>
  );
}
