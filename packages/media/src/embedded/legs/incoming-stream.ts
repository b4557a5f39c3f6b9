import { pcma, pcmu, codecOf, type Codec } from '../../codecs/g711.ts';
import { DigitReceiver } from '../../dtmf/digit-receiver.ts';
import { ReceptionStatistics } from '../../rtp/reception-statistics.ts';
import type { ReportBlock } from '../../rtp/rtcp-packet.ts';
import type { RtpFields } from '../../rtp/rtp-packet.ts';
import type { Agreement } from './negotiation.ts';

/** What a packet turned out to be. `digit` is set once per key press. */
export type Received =
  | { readonly kind: 'audio'; readonly codec: Codec }
  | { readonly kind: 'event'; readonly digit: string | undefined }
  | { readonly kind: 'unwanted' };

const unwanted: Received = { kind: 'unwanted' };
const audio = new Map<Codec, Received>([pcma, pcmu].map((codec) => [codec, { kind: 'audio', codec }]));
/** The payload type of events in our own offers. */
const ourTelephoneEvent = 101;

/** What a leg's far side sends: payload types told apart, sequence and jitter measured, digits recognised. */
export class IncomingStream {
  readonly #kinds: (Received | undefined)[] = new Array(128).fill(undefined);
  readonly #events = new Set<number>();
  readonly #digits = new DigitReceiver();
  #statistics = new ReceptionStatistics();
  #ssrc: number | undefined;
  #packetsBefore = 0;
  #lostBefore = 0;
  #reported = { received: 0, lost: 0 };

  constructor() {
    this.#learn(undefined);
  }

  /** The far side may send every codec it named, whichever of them it prefers to hear. */
  agree(agreement: Agreement): void {
    this.#learn(agreement);
  }

  receive(packet: Buffer, fields: RtpFields, arrival: number): Received {
    if (fields.ssrc !== this.#ssrc) this.#startSource(fields.ssrc);
    if (!this.#statistics.receive(fields.sequence, fields.timestamp, arrival)) return unwanted;
    if (this.#events.has(fields.payloadType)) {
      const payload = packet.subarray(fields.payloadStart, fields.payloadEnd);
      return { kind: 'event', digit: this.#digits.receive(payload, fields.timestamp, fields.ssrc) };
    }
    return this.#kinds[fields.payloadType] ?? unwanted;
  }

  get packetsReceived(): number {
    return this.#packetsBefore + this.#statistics.packetsReceived;
  }

  get packetsLost(): number {
    return this.#lostBefore + this.#statistics.packetsLost;
  }

  get jitterMilliseconds(): number {
    return this.#statistics.jitterMilliseconds;
  }

  /** The block of our next report; undefined before the first packet. */
  report(): ReportBlock | undefined {
    if (this.#ssrc === undefined) return undefined;
    const { packetsReceived: received, packetsLost: lost } = this.#statistics;
    const lostNow = Math.max(0, lost - this.#reported.lost);
    const expectedNow = lostNow + received - this.#reported.received;
    this.#reported = { received, lost };
    return {
      ssrc: this.#ssrc,
      fractionLost: expectedNow > 0 ? Math.min(255, Math.floor((lostNow * 256) / expectedNow)) : 0,
      packetsLost: lost,
      extendedHighest: this.#statistics.extendedHighest,
      jitter: this.#statistics.jitter,
    };
  }

  #learn(agreement: Agreement | undefined): void {
    this.#kinds.fill(undefined);
    for (const codec of [pcma, pcmu]) this.#kinds[codec.payloadType] = audio.get(codec);
    for (const { payloadType, codec } of agreement?.remote.formats ?? [])
      this.#kinds[payloadType] = audio.get(codecOf(codec));
    this.#events.clear();
    this.#events.add(ourTelephoneEvent);
    if (agreement?.telephoneEvent !== undefined) this.#events.add(agreement.telephoneEvent);
  }

  #startSource(ssrc: number): void {
    this.#packetsBefore = this.packetsReceived;
    this.#lostBefore = this.packetsLost;
    this.#statistics = new ReceptionStatistics();
    this.#reported = { received: 0, lost: 0 };
    this.#ssrc = ssrc;
  }
}
