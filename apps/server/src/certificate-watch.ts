import type { Clock, Logger, Timer, Timers } from '@amtsleitung/base';
import type { CertificateSource, TlsFiles } from './certificate.ts';
import { expiryOf, expiryStage } from './certificate-expiry.ts';

export type CertificateUse = 'https' | 'sip';

export interface WatchedCertificate {
  readonly use: CertificateUse;
  readonly source: CertificateSource;
  /** Takes a renewed one into service without a restart; throws when it cannot be used. */
  readonly apply: (files: TlsFiles) => void;
}

export interface CertificateWatchOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
}

interface Watched extends WatchedCertificate {
  current: TlsFiles;
  /** What was last said about its end, and about why a new one was not taken. */
  toldStage: string;
  toldFault: string;
}

const checkMilliseconds = 60_000;
const dayMilliseconds = 86_400_000;

/** Takes renewed certificates into service, and says in time when one runs out. */
export class CertificateWatch {
  readonly #options: CertificateWatchOptions;
  readonly #watched: Watched[] = [];
  #timer: Timer | undefined;

  constructor(options: CertificateWatchOptions) {
    this.#options = options;
    this.#again();
  }

  /** From now on; `current` is what is in service. */
  watch(certificate: WatchedCertificate, current: TlsFiles): void {
    const watched: Watched = { ...certificate, current, toldStage: 'fine', toldFault: '' };
    this.#watched.push(watched);
    this.#tellExpiry(watched);
  }

  /** PEM in service; undefined when there is none. */
  inService(use: CertificateUse): string | undefined {
    return this.#watched.find((one) => one.use === use)?.current.certificate;
  }

  /** Looks for renewed ones now; else every minute. */
  async check(): Promise<void> {
    for (const watched of this.#watched) {
      await this.#renew(watched);
      this.#tellExpiry(watched);
    }
  }

  close(): void {
    this.#timer?.cancel();
  }

  #again(): void {
    this.#timer = this.#options.timers.after(checkMilliseconds, () => {
      this.#again();
      void this.check();
    });
  }

  /** What cannot be used is left alone: the files may be in the middle of being exchanged. */
  async #renew(watched: Watched): Promise<void> {
    const { clock, logger } = this.#options;
    const { use, source, apply, current } = watched;
    try {
      const files = await source(clock.now());
      watched.toldFault = '';
      if (files.certificate === current.certificate && files.key === current.key) return;
      apply(files);
      watched.current = files;
      watched.toldStage = 'fine';
      logger.info('renewed certificate in service', { use, expires: isoDate(expiryOf(files.certificate)) });
    } catch (error) {
      const fault = (error as Error).message;
      if (fault !== watched.toldFault) logger.warn('certificate not renewed, the old one stays', { use, fault });
      watched.toldFault = fault;
    }
  }

  /** Once per stage, and daily when it is over. What does not need it goes on: UDP, TCP, running calls. */
  #tellExpiry(watched: Watched): void {
    const { clock, logger } = this.#options;
    const [expiresAt, now] = [expiryOf(watched.current.certificate), clock.now()];
    const stage = expiryStage(expiresAt, now);
    const days = Math.floor((expiresAt - now) / dayMilliseconds);
    const told = stage === 'over' ? `over ${days}` : String(stage);
    if (told === watched.toldStage) return;
    watched.toldStage = told;
    const fields = { use: watched.use, days, expires: isoDate(expiresAt) };
    if (stage === 'over') logger.error('certificate is over: browsers and phones refuse TLS', fields);
    else if (stage === 3) logger.error('certificate expires', fields);
    else if (stage !== 'fine') logger.warn('certificate expires', fields);
  }
}

const isoDate = (at: number): string => new Date(at).toISOString().slice(0, 10);
