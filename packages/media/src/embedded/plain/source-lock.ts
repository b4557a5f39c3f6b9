import { sequenceDistance } from '../../rtp/serial-number.ts';
import type { LegOptions } from '../../engine/media-engine.ts';
import { isPrivateAddress } from '../../sdp/media-address.ts';

export interface MediaSource {
  readonly address: string;
  readonly port: number;
}

/** What is known of the far side beside its description; see `LegOptions`. */
export type FarSide = Pick<LegOptions, 'signallingAddress' | 'isProvider'>;

/** `negotiated`: packets came from the very address of the session description. `learned`: from another, see below. */
type Lock = MediaSource & { readonly kind: 'negotiated' | 'learned'; readonly ssrc: number; sequence: number };

/** So many packets in sequence from one source make it the far side of a phone behind a router. */
const probation = 4;
/** How far a moved source may have got on while its packets were lost. */
const maximumGap = 500;
/** Five seconds of packets to an address nothing has come from: enough for a far side that speaks late. */
const mostUnproven = 250;

/**
 * Which source a plain leg listens and talks to. The address of the session description wins at any time; another one
 * is believed only when it can be the same phone: the same host, or a phone whose description names a private address
 * that means nothing here. Once locked, only the same host going on with the same stream may move to another port.
 */
export class SourceLock {
  #negotiated: MediaSource;
  readonly #farSide: FarSide;
  #lock: Lock | undefined;
  #candidate: (MediaSource & { ssrc: number; sequence: number; count: number }) | undefined;
  /** Sent since the last packet that came in. */
  #unproven = 0;

  constructor(negotiated: MediaSource, farSide: FarSide = {}) {
    this.#negotiated = negotiated;
    this.#farSide = farSide;
  }

  /** Who was heard; undefined before the first packet. */
  get proven(): MediaSource | undefined {
    return this.#lock;
  }

  /** Where to send to. */
  get target(): MediaSource {
    return this.#lock ?? this.#negotiated;
  }

  /**
   * Where the next packet goes. Undefined: a description may name anybody's address, so one that never sends anything is
   * left alone after a while (a "voice hammer").
   */
  takeTarget(): MediaSource | undefined {
    if (!this.#lock && !this.#isBelieved && this.#unproven++ >= mostUnproven) return undefined;
    return this.target;
  }

  /** A far side may listen without a word: a provider, or one that wants its media where its signalling comes from. */
  get #isBelieved(): boolean {
    const { isProvider, signallingAddress } = this.#farSide;
    return isProvider === true || signallingAddress === this.#negotiated.address;
  }

  /** A new session description; the same address keeps the lock. */
  renegotiate(negotiated: MediaSource): void {
    if (negotiated.address === this.#negotiated.address && negotiated.port === this.#negotiated.port) return;
    this.#negotiated = negotiated;
    this.#lock = undefined;
    this.#candidate = undefined;
  }

  /** Whether a packet from there is the far side's. */
  admit(address: string, port: number, ssrc: number, sequence: number): boolean {
    const isFarSide = this.#recognises(address, port, ssrc, sequence);
    if (isFarSide) this.#unproven = 0;
    return isFarSide;
  }

  #recognises(address: string, port: number, ssrc: number, sequence: number): boolean {
    const lock = this.#lock;
    if (lock && lock.port === port && lock.address === address) {
      lock.sequence = sequence;
      if (lock.ssrc !== ssrc) this.#lock = { ...lock, ssrc };
      return true;
    }
    if (address === this.#negotiated.address && port === this.#negotiated.port && lock?.kind !== 'negotiated') {
      this.#lock = { kind: 'negotiated', address, port, ssrc, sequence };
      return true;
    }
    return lock ? this.#follow(lock, address, port, ssrc, sequence) : this.#learn(address, port, ssrc, sequence);
  }

  #follow(lock: Lock, address: string, port: number, ssrc: number, sequence: number): boolean {
    const gap = sequenceDistance(lock.sequence, sequence);
    if (address !== lock.address || ssrc !== lock.ssrc || gap <= 0 || gap > maximumGap) return false;
    this.#lock = { kind: 'learned', address, port, ssrc, sequence };
    return true;
  }

  #learn(address: string, port: number, ssrc: number, sequence: number): boolean {
    if (!this.#mayBeFarSide(address)) return false;
    const candidate = this.#candidate;
    const goesOn =
      candidate?.address === address &&
      candidate.port === port &&
      candidate.ssrc === ssrc &&
      sequenceDistance(candidate.sequence, sequence) === 1;
    const count = goesOn ? candidate.count + 1 : 1;
    this.#candidate = { address, port, ssrc, sequence, count };
    if (count < probation) return false;
    this.#lock = { kind: 'learned', address, port, ssrc, sequence };
    return true;
  }

  #mayBeFarSide(address: string): boolean {
    if (address === this.#negotiated.address) return true;
    if (!isPrivateAddress(this.#negotiated.address)) return false;
    const { signallingAddress } = this.#farSide;
    return signallingAddress === undefined || signallingAddress === address;
  }
}
