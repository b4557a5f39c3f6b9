import { timestampDistance } from '../rtp/serial-number.ts';
import { parseTelephoneEvent } from './telephone-event.ts';

/**
 * Turns event packets into digits. All packets of one key press carry the time of its start (RFC 4733 §2.1), so a
 * repeated, late or doubled packet is told from a new press by its timestamp alone.
 */
export class DigitReceiver {
  #ssrc = -1;
  #last: number | undefined;

  /** The digit when this packet is the first seen of its key press. */
  receive(payload: Uint8Array, timestamp: number, ssrc: number): string | undefined {
    const event = parseTelephoneEvent(payload);
    if (!event) return undefined;
    if (ssrc !== this.#ssrc) {
      this.#ssrc = ssrc;
      this.#last = undefined;
    }
    if (this.#last !== undefined && timestampDistance(this.#last, timestamp) <= 0) return undefined;
    this.#last = timestamp;
    return event.digit;
  }
}
