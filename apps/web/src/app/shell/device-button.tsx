import { lazy, Suspense } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Icon } from '../../shared/icons/icon.tsx';
import { useWords, type SentenceId } from '../../shared/language/words.ts';
import { createStore, useStore } from '../../shared/look/store.ts';
import { useBrowserPhone, type BrowserPhoneState } from '../../shared/phone/browser-phone.ts';
import { audioCheckOpen } from '../../shared/phone/audio-check-open.ts';

const AudioCheck = lazy(() =>
  import('../../phone/audio/audio-check.tsx').then((module) => ({ default: module.AudioCheck })),
);
/** Loaded with the first opening. */
const wanted = createStore(false);
audioCheckOpen.subscribe(() => wanted.set(true));

interface LineLook {
  readonly bars: 0 | 1 | 2 | 3 | 4;
  readonly words: SentenceId;
}

function lookOf({ registration, microphone, quality }: BrowserPhoneState): LineLook {
  if (registration === 'starting') return { bars: 0, words: 'device.connecting' };
  if (registration !== 'registered') return { bars: 0, words: 'device.disconnected' };
  if (microphone === 'blocked' || microphone === 'missing' || microphone === 'insecure')
    return { bars: 1, words: 'device.noMicrophone' };
  if (quality === 'poor') return { bars: 1, words: 'device.poor' };
  if (quality === 'fair') return { bars: 2, words: 'device.fair' };
  return { bars: 4, words: 'device.good' };
}

/** The device in use and how good the line is; opens the check of both. */
export function DeviceButton() {
  const w = useWords();
  const look = lookOf(useBrowserPhone());
  return (
    <>
      <AriaButton
        className="al-device"
        aria-label={w('device.button', { state: w(look.words) })}
        onPress={() => audioCheckOpen.set(true)}
      >
        <Icon name={look.bars === 0 ? 'wifi_off' : 'headset_mic'} />
        <span className="al-device__word">{w(look.bars === 0 ? look.words : 'device.headset')}</span>
        <span className={`al-bars al-bars--${String(look.bars)}`} aria-hidden="true">
          <i />
          <i />
          <i />
          <i />
        </span>
      </AriaButton>
      {useStore(wanted) && (
        <Suspense fallback={null}>
          <AudioCheck />
        </Suspense>
      )}
    </>
  );
}
