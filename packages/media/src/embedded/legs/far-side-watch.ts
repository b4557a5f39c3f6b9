import type { LegKind, MediaEvent } from '../../engine/media-engine.ts';
import { Watchdog } from './watchdog.ts';

export interface FarSideWatchOptions {
  readonly leg: string;
  readonly kind: LegKind;
  readonly silentMilliseconds: number;
  readonly consentMilliseconds: number;
  readonly emit: (event: MediaEvent) => void;
}

/** A browser's packets come every 20 ms; so long without one is no jitter. */
const falteringMilliseconds = 1500;

/** Whether the far side of a leg is still there. Times are monotonic milliseconds. */
export class FarSideWatch {
  readonly #options: FarSideWatchOptions;
  readonly #media: Watchdog;
  readonly #consent: Watchdog;
  #lastHeard: number | undefined;
  #faltering = false;

  constructor(options: FarSideWatchOptions) {
    const { kind, silentMilliseconds, consentMilliseconds } = options;
    this.#options = options;
    this.#media = new Watchdog(kind === 'plain' ? silentMilliseconds : 0);
    this.#consent = new Watchdog(kind === 'browser' ? consentMilliseconds : 0);
  }

  /** A media packet came. */
  heard(now: number): void {
    this.#lastHeard = now;
    this.#media.heard(now);
    if (!this.#faltering) return;
    this.#faltering = false;
    this.#options.emit({ kind: 'recovered', leg: this.#options.leg });
  }

  /** A description has come into force: what was silent so far had its reason. */
  restart(now: number): void {
    this.#media.restart(now);
  }

  /** To be called twice a second. `lastSign`: last authentic packet of any kind. `sends`: whether it said it would. */
  look(now: number, lastSign: number | undefined, sends: boolean): void {
    const { leg, emit } = this.#options;
    if (lastSign !== undefined && now - lastSign < 1500) this.#consent.heard(now);
    if (this.#media.expires(now)) emit({ kind: 'lost', leg, reason: 'silent' });
    if (this.#consent.expires(now)) emit({ kind: 'lost', leg, reason: 'unreachable' });
    this.#watchFlow(now, sends);
  }

  /** A browser sends as long as it may, muted or not; when it stops, its line is broken or its page is gone. */
  #watchFlow(now: number, sends: boolean): void {
    if (this.#options.kind !== 'browser' || this.#faltering || this.#lastHeard === undefined) return;
    // RFC 3264 §5.1: one who said it would not send is not missed.
    if (!sends) this.#lastHeard = now;
    if (now - this.#lastHeard < falteringMilliseconds) return;
    this.#faltering = true;
    this.#options.emit({ kind: 'faltering', leg: this.#options.leg });
  }
}
