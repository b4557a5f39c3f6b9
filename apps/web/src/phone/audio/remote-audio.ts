import { audioChoice, canChooseOutput } from '../../shared/phone/audio-devices.ts';

const playing = new Map<string, HTMLAudioElement>();

const useSpeaker = (element: HTMLAudioElement): void => {
  if (!canChooseOutput()) return;
  // A device that was pulled out falls back to the system's choice.
  element.setSinkId(audioChoice.speaker.get() ?? '').catch(() => audioChoice.speaker.set(undefined));
};
audioChoice.speaker.subscribe(() => playing.forEach(useSpeaker));

/** Plays what the other side says. */
export function playRemote(callId: string, stream: MediaStream): void {
  stopRemote(callId);
  const element = document.createElement('audio');
  element.autoplay = true;
  element.srcObject = stream;
  element.dataset['call'] = callId;
  useSpeaker(element);
  document.body.append(element);
  playing.set(callId, element);
}

export function stopRemote(callId: string): void {
  const element = playing.get(callId);
  if (element === undefined) return;
  element.srcObject = null;
  element.remove();
  playing.delete(callId);
}
