import { sequenceDistance } from './serial-number.ts';

const maximumDropout = 3000;
const maximumMisorder = 100;

/** What was received of one source: RFC 3550 appendices A.1 (sequence), A.3 (loss) and A.8 (jitter). */
export class ReceptionStatistics {
  readonly #clockRate: number;
  #started = false;
  #baseSequence = 0;
  #highest = 0;
  #cycles = 0;
  #badSequence = -1;
  #sinceBase = 0;
  #lostBefore = 0;
  #transit = 0;
  #jitter = 0;
  #received = 0;

  constructor(clockRate = 8000) {
    this.#clockRate = clockRate;
  }

  /** `arrival` is monotonic time in milliseconds. Returns false while a jump in sequence numbers is still doubtful. */
  receive(sequence: number, timestamp: number, arrival: number): boolean {
    this.#received++;
    const continued = this.#started && this.#follow(sequence);
    if (this.#started && !continued && sequence !== this.#badSequence) {
      // Two in sequence prove that the source restarted; one stray packet proves nothing.
      this.#badSequence = (sequence + 1) & 0xffff;
      return false;
    }
    if (!continued) this.#restart(sequence, timestamp, arrival);
    this.#sinceBase++;
    this.#measureJitter(timestamp, arrival);
    return true;
  }

  get packetsReceived(): number {
    return this.#received;
  }

  get packetsLost(): number {
    return this.#lostBefore + Math.max(0, this.#expected() - this.#sinceBase);
  }

  get jitterMilliseconds(): number {
    return (this.#jitter / this.#clockRate) * 1000;
  }

  /** In units of the RTP clock, as a report block carries it. */
  get jitter(): number {
    return Math.floor(this.#jitter);
  }

  /** Highest sequence number received, extended by its cycles. */
  get extendedHighest(): number {
    return (this.#cycles * 0x10000 + this.#highest) >>> 0;
  }

  #follow(sequence: number): boolean {
    const distance = sequenceDistance(this.#highest, sequence);
    if (distance > maximumDropout || distance < -maximumMisorder) return false;
    if (distance > 0) {
      if (sequence < this.#highest) this.#cycles++;
      this.#highest = sequence;
    }
    return true;
  }

  #restart(sequence: number, timestamp: number, arrival: number): void {
    if (this.#started) this.#lostBefore = this.packetsLost;
    this.#started = true;
    this.#baseSequence = sequence;
    this.#highest = sequence;
    this.#cycles = 0;
    this.#sinceBase = 0;
    this.#badSequence = -1;
    this.#transit = this.#transitOf(timestamp, arrival);
  }

  #measureJitter(timestamp: number, arrival: number): void {
    const transit = this.#transitOf(timestamp, arrival);
    const difference = Math.abs((transit - this.#transit) | 0);
    this.#transit = transit;
    // A source that restarts its timestamps is no jitter.
    if (difference < this.#clockRate * 5) this.#jitter += (difference - this.#jitter) / 16;
  }

  #transitOf(timestamp: number, arrival: number): number {
    return (Math.round((arrival / 1000) * this.#clockRate) - timestamp) | 0;
  }

  #expected(): number {
    if (!this.#started) return 0;
    return this.#cycles * 0x10000 + this.#highest - this.#baseSequence + 1;
  }
}
