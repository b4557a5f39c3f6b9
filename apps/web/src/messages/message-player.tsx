import { messageRoutes, type VoiceMessageView } from '@amtsleitung/contract';
import { useEffect, useRef, useState } from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { addressOf } from '../shared/api/api-client.ts';
import { finishedTime } from '../shared/format/formats.ts';
import { useWords } from '../shared/language/words.ts';
import { IconButton } from '../shared/parts/button.tsx';
import { audioChoice, canChooseOutput } from '../shared/phone/audio-devices.ts';

/** Only one message speaks at a time. */
let speaking: HTMLAudioElement | undefined;

/** Plays a message on the device chosen for hearing. */
export function MessagePlayer({ message }: { readonly message: VoiceMessageView }) {
  const w = useWords();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [broken, setBroken] = useState(false);
  const [position, setPosition] = useState(0);
  const seconds = Math.max(1, message.milliseconds / 1000);
  useEffect(() => {
    const element = audio.current;
    return () => element?.pause();
  }, []);
  const toggle = async (): Promise<void> => {
    const element = audio.current;
    if (element === null) return;
    if (playing) return element.pause();
    if (speaking !== element) speaking?.pause();
    speaking = element;
    setBroken(false);
    if (canChooseOutput()) await element.setSinkId(audioChoice.speaker.get() ?? '').catch(() => undefined);
    await element.play().catch(() => setBroken(true));
  };
  return (
    <div className="player">
      <IconButton
        icon={playing ? 'pause' : 'play_arrow'}
        label={w(playing ? 'messages.pause' : 'messages.play')}
        onPress={() => void toggle()}
      />
      <Slider
        className="player__slider"
        aria-label={w('messages.position')}
        minValue={0}
        maxValue={seconds}
        step={0.1}
        value={Math.min(position, seconds)}
        onChange={(value) => {
          if (audio.current !== null) audio.current.currentTime = value;
          setPosition(value);
        }}
      >
        <SliderTrack className="player__track">
          {({ state }) => (
            <>
              <span className="player__done" style={{ width: `${String(state.getThumbPercent(0) * 100)}%` }} />
              <SliderThumb className="player__thumb" />
            </>
          )}
        </SliderTrack>
      </Slider>
      <span className="al-num al-s al-muted">
        {finishedTime(position * 1000)} / {finishedTime(message.milliseconds)}
      </span>
      {broken && <span className="al-state al-state--late">{w('messages.broken')}</span>}
      <audio
        ref={audio}
        src={addressOf(messageRoutes.audio, { params: { id: message.id } })}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPosition(0)}
        onError={() => setBroken(playing)}
        onTimeUpdate={(event) => setPosition(event.currentTarget.currentTime)}
      />
    </div>
  );
}
