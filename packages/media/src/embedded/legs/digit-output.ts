import { AudioClip } from '../../audio/audio-clip.ts';
import { Playlist } from '../../audio/playlist.ts';
import { frameSamples } from '../../audio/telephone-audio.ts';
import { generateTone } from '../../audio/tone.ts';
import { DigitSender } from '../../dtmf/digit-sender.ts';
import { dualTone } from '../../dtmf/dual-tone.ts';
import { isDigit } from '../../dtmf/telephone-event.ts';
import type { Agreement } from './negotiation.ts';
import type { OutgoingStream } from './outgoing-stream.ts';

const toneMilliseconds = 120;
const pauseSamples = 640;
const toneLevel = -12;
const maximumTones = 64;

/** Digits towards the far side: as RFC 4733 events, or as tones for one that does not know events. */
export class DigitOutput {
  readonly #events = new DigitSender();
  #tones: Playlist | undefined;

  /** False when they cannot be sent: no digits, or too many waiting. */
  add(digits: string, asEvents: boolean): boolean {
    if (asEvents) return this.#events.add(digits);
    const keys = [...digits.toUpperCase()];
    if (!keys.every(isDigit) || keys.length > maximumTones || this.#tones) return false;
    const clips = keys.map((key) => new AudioClip(generateTone(dualTone(key)!, toneMilliseconds, toneLevel)));
    this.#tones = new Playlist(
      clips.flatMap((clip) => [clip, pauseSamples]),
      false,
    );
    return true;
  }

  /** Whether digits take the place of whatever else the far side would hear. */
  get busy(): boolean {
    return this.#tones !== undefined || !this.#events.idle;
  }

  /** Sends what is due in this frame; false when the frame is free for audio. */
  step(stream: OutgoingStream, agreement: Agreement): boolean {
    const tones = this.#tones;
    if (tones) {
      stream.sendFrame(agreement.payloadType, (packet, offset) =>
        tones.read(agreement.codec, packet, offset, frameSamples),
      );
      if (tones.ended) this.#tones = undefined;
      return true;
    }
    if (agreement.telephoneEvent === undefined || this.#events.idle) return false;
    const frames = this.#events.step(stream.timestamp);
    for (const { payload, timestamp, marker } of frames)
      stream.sendEvent(agreement.telephoneEvent, payload, timestamp, marker);
    return frames.length > 0;
  }
}
