import { readText, writeChoice } from '../look/browser-choice.ts';
import { createStore, useStore } from '../look/store.ts';

/** Which of the computer's devices does what; undefined: the system's choice. */
export type AudioUse = 'microphone' | 'speaker' | 'ringer';

const remembered = (use: AudioUse) => {
  const store = createStore<string | undefined>(readText(`audio-${use}`));
  store.subscribe(() => writeChoice(`audio-${use}`, store.get()));
  return store;
};
export const audioChoice = {
  microphone: remembered('microphone'),
  speaker: remembered('speaker'),
  ringer: remembered('ringer'),
};

export interface AudioDevice {
  readonly id: string;
  readonly label: string;
}
export interface AudioDevices {
  readonly inputs: readonly AudioDevice[];
  readonly outputs: readonly AudioDevice[];
}
const devices = createStore<AudioDevices>({ inputs: [], outputs: [] });
export const useAudioDevices = (): AudioDevices => useStore(devices);

/** Browsers name devices only after the microphone has been allowed once. */
export async function readAudioDevices(): Promise<void> {
  const found = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const ofKind = (kind: MediaDeviceKind): AudioDevice[] =>
    found
      .filter((device) => device.kind === kind && device.deviceId !== '' && device.deviceId !== 'communications')
      .map((device) => ({ id: device.deviceId, label: device.label }));
  devices.set({ inputs: ofKind('audioinput'), outputs: ofKind('audiooutput') });
}

/** Whether this browser can play through a chosen device at all. */
export const canChooseOutput = (): boolean => 'setSinkId' in HTMLMediaElement.prototype;
