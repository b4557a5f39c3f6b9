/** Today's figures of one hotline, computed from stored events only. */
export interface HotlineFigures {
  readonly hotlineId: string;
  /** Entered the hotline in opening hours. */
  readonly offered: number;
  readonly answered: number;
  readonly answeredInTime: number;
  /** Hung up while waiting, without the short ones. */
  readonly abandoned: number;
  /** Hung up within 5 s; excluded from service level and abandonment. */
  readonly shortAbandoned: number;
  readonly overflowed: number;
  readonly outsideHours: number;
  readonly waitMillisecondsOfAnswered: number;
}

/**
 * SL-A = answered within T / (offered − short abandons), in percent; undefined when nothing was offered. A call that still waits
 * has no outcome yet and is left out, else every ringing telephone would lower the figure on the wall.
 */
export function serviceLevelPercent(figures: HotlineFigures): number | undefined {
  const counted = figures.answered + figures.abandoned + figures.overflowed;
  return counted > 0 ? (100 * figures.answeredInTime) / counted : undefined;
}

/** Port: figures between two instants (milliseconds since 1970 UTC). */
export interface FiguresStore {
  ofHotlines(
    tenantId: string,
    from: number,
    to: number,
    promiseSeconds: ReadonlyMap<string, number>,
  ): Promise<readonly HotlineFigures[]>;
}
