import type { Microphone } from '../../shared/phone/browser-phone.ts';
import { audioChoice } from '../../shared/phone/audio-devices.ts';

/** Why there is no microphone, in the words of the screen. */
export class MicrophoneProblem extends Error {
  readonly reason: Exclude<Microphone, 'ready' | 'unknown'>;
  constructor(reason: Exclude<Microphone, 'ready' | 'unknown'>) {
    super(reason);
    this.name = 'MicrophoneProblem';
    this.reason = reason;
  }
}

const reasons: Readonly<Record<string, MicrophoneProblem['reason']>> = {
  NotAllowedError: 'blocked',
  SecurityError: 'blocked',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

const constraints = (deviceId: string | undefined): MediaStreamConstraints => ({
  audio: {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
  },
});

/** Opens the chosen microphone, or any when the chosen one has been pulled out. Throws `MicrophoneProblem`. */
export async function openMicrophone(): Promise<MediaStream> {
  // Only secure pages have `mediaDevices`; the type does not know that.
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (media === undefined) throw new MicrophoneProblem('insecure');
  const chosen = audioChoice.microphone.get();
  try {
    return await media.getUserMedia(constraints(chosen));
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (chosen !== undefined && name === 'OverconstrainedError') {
      audioChoice.microphone.set(undefined);
      return openMicrophone();
    }
    throw new MicrophoneProblem(reasons[name] ?? 'busy');
  }
}

export const closeMicrophone = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};
