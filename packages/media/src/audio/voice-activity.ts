import { levelOf } from './level.ts';
import { sampleRate } from './telephone-audio.ts';
import { toneShare } from './tone-detector.ts';

/** Quieter than this (dB below full scale) is background. */
const voiceLevel = -42;
/** The tone of German exchanges after the far side has hung up, Hz; some lines tell it no other way. */
const lineTone = 425;
const toneOnly = 0.85;

/** Finds where in a stream of samples somebody speaks: loud enough, and not just the tone of a line nobody holds. */
export class VoiceActivity {
  #voice = 0;
  #lastVoice = 0;

  /** Takes samples that begin at sample `position` of the stream. */
  hear(samples: Int16Array, position: number): void {
    if (levelOf(samples) < voiceLevel || toneShare(samples, lineTone) > toneOnly) return;
    this.#voice += samples.length;
    this.#lastVoice = Math.max(this.#lastVoice, position + samples.length);
  }

  /** How long somebody spoke, pauses left out. */
  get milliseconds(): number {
    return (this.#voice * 1000) / sampleRate;
  }

  /** The sample after the last one with a voice; 0 when there was none. */
  get end(): number {
    return this.#lastVoice;
  }
}
