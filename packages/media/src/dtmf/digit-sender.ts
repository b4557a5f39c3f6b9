import { isDigit, printTelephoneEvent } from './telephone-event.ts';

/** One packet to send now. All frames of a digit carry the timestamp of its start. */
export interface DigitFrame {
  readonly payload: Buffer;
  readonly timestamp: number;
  readonly marker: boolean;
}

const frameUnits = 160;
const framesPerDigit = 6;
const pauseFrames = 4;
const endPackets = 3;
const volume = 10;
const maximumQueued = 64;
const none: readonly DigitFrame[] = [];

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending'; readonly digit: string; readonly start: number; readonly sent: number }
  | { readonly kind: 'pausing'; readonly left: number };

/** Plays digits one after another, one step per 20 ms frame: 120 ms each, 80 ms apart, the end sent three times. */
export class DigitSender {
  readonly #queue: string[] = [];
  #state: State = { kind: 'idle' };

  /** False, and nothing queued, when a character is no digit or more than 64 would wait. */
  add(digits: string): boolean {
    const characters = [...digits.toUpperCase()];
    if (!characters.every(isDigit) || this.#queue.length + characters.length > maximumQueued) return false;
    this.#queue.push(...characters);
    return true;
  }

  get idle(): boolean {
    return this.#state.kind === 'idle' && this.#queue.length === 0;
  }

  /** Frames for this 20 ms; while there are any, no audio is sent. `timestamp` is that of the audio frame they replace. */
  step(timestamp: number): readonly DigitFrame[] {
    if (this.#state.kind === 'pausing') {
      const left = this.#state.left - 1;
      this.#state = left > 0 ? { kind: 'pausing', left } : { kind: 'idle' };
      return none;
    }
    if (this.#state.kind === 'sending') return this.#continue(this.#state);
    const digit = this.#queue.shift();
    if (digit === undefined) return none;
    return this.#continue({ kind: 'sending', digit, start: timestamp, sent: 0 });
  }

  #continue(state: State & { kind: 'sending' }): readonly DigitFrame[] {
    const sent = state.sent + 1;
    const end = sent >= framesPerDigit;
    this.#state = end ? { kind: 'pausing', left: pauseFrames } : { ...state, sent };
    const payload = printTelephoneEvent({ digit: state.digit, end, volume, duration: sent * frameUnits });
    const frame = { payload, timestamp: state.start, marker: state.sent === 0 };
    // RFC 4733 §2.5.1.4: the end is sent three times against loss.
    return end ? Array.from({ length: endPackets }, () => frame) : [frame];
  }
}
