import { changePhone } from '../../shared/phone/browser-phone.ts';
import { audioChoice } from '../../shared/phone/audio-devices.ts';

/** An AudioContext that can play through a chosen device; not every browser has it. */
type SinkContext = AudioContext & { setSinkId?: (id: string) => Promise<void> };

const tones = [660, 550] as const;
const ringSeconds = 2;
const cycleSeconds = 6;
/** Starts at 40 % and is at its full loudness with the third ring. */
const loudness = [0.4, 0.7, 1] as const;
const fullGain = 0.28;
/** −18 dB below the ring: a second call must not hurt in the headset. */
const knockGain = fullGain * 10 ** (-18 / 20);

let context: SinkContext | undefined;
let stopRinging: (() => void) | undefined;

function openContext(): SinkContext {
  context ??= new AudioContext();
  const sink = audioChoice.ringer.get();
  if (sink !== undefined) context.setSinkId?.(sink).catch(() => audioChoice.ringer.set(undefined));
  return context;
}

/** Browsers keep sound back until somebody has clicked or typed on the page. */
async function wake(opened: SinkContext): Promise<void> {
  const resumed = opened.state === 'running' ? Promise.resolve() : opened.resume();
  await Promise.race([resumed, new Promise((resolve) => setTimeout(resolve, 250))]);
  changePhone({ ringToneBlocked: opened.state !== 'running' });
}

/** One soft tone: swells and fades so that nothing clicks. */
function tone(opened: SinkContext, frequency: number, start: number, seconds: number, gain: number): OscillatorNode {
  const oscillator = opened.createOscillator();
  const level = opened.createGain();
  oscillator.type = 'sine';
  oscillator.frequency.value = frequency;
  level.gain.setValueAtTime(0, start);
  level.gain.linearRampToValueAtTime(gain, start + 0.06);
  level.gain.setValueAtTime(gain, start + seconds - 0.25);
  level.gain.linearRampToValueAtTime(0, start + seconds);
  oscillator.connect(level).connect(opened.destination);
  oscillator.start(start);
  oscillator.stop(start + seconds);
  return oscillator;
}

/** Rings until `silenceRing`; asking twice rings once. */
export function ring(): void {
  if (stopRinging !== undefined) return;
  const opened = openContext();
  let round = 0;
  let sounding: OscillatorNode[] = [];
  const play = (): void => {
    void wake(opened);
    const gain = fullGain * (loudness[Math.min(round, loudness.length - 1)] ?? 1);
    const half = ringSeconds / tones.length;
    sounding = tones.map((frequency, index) =>
      tone(opened, frequency, opened.currentTime + 0.05 + index * half, half, gain),
    );
    round += 1;
  };
  play();
  const timer = setInterval(play, cycleSeconds * 1000);
  stopRinging = () => {
    clearInterval(timer);
    for (const oscillator of sounding) oscillator.disconnect();
  };
}

export function silenceRing(): void {
  stopRinging?.();
  stopRinging = undefined;
}

/** One short tone for a second call while talking. */
export function knock(): void {
  const opened = openContext();
  void wake(opened);
  tone(opened, tones[0], opened.currentTime + 0.02, 0.4, knockGain);
}

/** One soft double tone: a call has been on hold or mute for a minute. */
export function remind(): void {
  const opened = openContext();
  void wake(opened);
  for (const start of [0.02, 0.5]) tone(opened, tones[1], opened.currentTime + start, 0.35, knockGain);
}

/** One ring to try the device. */
export function tryRing(): void {
  const opened = openContext();
  void wake(opened);
  tones.forEach((frequency, index) => tone(opened, frequency, opened.currentTime + 0.05 + index * 0.6, 0.6, fullGain));
}
