/** RFC 4733 §2.3, the payload of one event packet. */
export interface TelephoneEvent {
  readonly digit: string;
  readonly end: boolean;
  /** Attenuation in dB, 0 to 63. */
  readonly volume: number;
  /** In units of the RTP clock. */
  readonly duration: number;
}

/** Position is the event code, RFC 4733 §3.2. */
const digits = '0123456789*#ABCD';

export const isDigit = (character: string): boolean => character.length === 1 && digits.includes(character);

/** The event, or undefined when malformed or not a key of a telephone. */
export function parseTelephoneEvent(payload: Uint8Array): TelephoneEvent | undefined {
  if (payload.length < 4) return undefined;
  const digit = digits[payload[0]!];
  if (digit === undefined) return undefined;
  return {
    digit,
    end: payload[1]! >= 0x80,
    volume: payload[1]! & 0x3f,
    duration: (payload[2]! << 8) | payload[3]!,
  };
}

export function printTelephoneEvent(event: TelephoneEvent): Buffer {
  const payload = Buffer.alloc(4);
  payload[0] = digits.indexOf(event.digit);
  payload[1] = (event.end ? 0x80 : 0) | (event.volume & 0x3f);
  payload.writeUInt16BE(Math.min(event.duration, 0xffff), 2);
  return payload;
}
