/** What is measured, each in its own unit. */
export interface LoadReading {
  /** Milliseconds the process is late by. */
  readonly delay: number;
  readonly legs: number;
  readonly transactions: number;
}

/** From `enter` on is too much; below `leave` is well again. The gap keeps it from flickering. */
export interface LoadBounds {
  readonly enter: number;
  readonly leave: number;
}

export interface OverloadRules {
  readonly bounds: Readonly<Record<keyof LoadReading, LoadBounds>>;
  /** Milliseconds of delay from which on new registrations are sent away as well. */
  readonly severeDelay: number;
  /** Everything must have been well for so long. */
  readonly calmMilliseconds: number;
}

export type Overload =
  /** `isWarned`: the last reading was too much. One alone may be a pause of the machine. */
  | { readonly kind: 'calm'; readonly isWarned: boolean }
  /** `calmSince`: everything has been below its lower bound since then. */
  | { readonly kind: 'shedding'; readonly isSevere: boolean; readonly calmSince?: number };

const measures: readonly (keyof LoadReading)[] = ['delay', 'legs', 'transactions'];

/** Too much of anything twice running sheds; it ends when everything has been well for a while. `now` is monotonic. */
export function nextOverload(state: Overload, reading: LoadReading, now: number, rules: OverloadRules): Overload {
  const { bounds, calmMilliseconds, severeDelay } = rules;
  const isExceeded = measures.some((measure) => reading[measure] >= bounds[measure].enter);
  const isSevere = reading.delay >= severeDelay;
  if (state.kind === 'calm') {
    return isExceeded && state.isWarned ? { kind: 'shedding', isSevere } : { kind: 'calm', isWarned: isExceeded };
  }
  if (measures.some((measure) => reading[measure] >= bounds[measure].leave)) return { kind: 'shedding', isSevere };
  const calmSince = state.calmSince ?? now;
  if (now - calmSince >= calmMilliseconds) return { kind: 'calm', isWarned: false };
  return { kind: 'shedding', isSevere: false, calmSince };
}

/**
 * `mostLegs` and `mostTransactions` are the hard limits; shedding begins before them. A loop that is late for long is
 * the sign of a processor that cannot follow: at half of T1 (RFC 3261 §17.1.1.1) nothing has been repeated yet, and
 * repetitions are what makes an overload worse. A machine that is merely busy is late by less.
 */
export const overloadRules = (mostLegs: number, mostTransactions: number): OverloadRules => ({
  bounds: {
    delay: { enter: 250, leave: 100 },
    legs: { enter: mostLegs * 0.97, leave: mostLegs * 0.92 },
    transactions: { enter: mostTransactions * 0.96, leave: mostTransactions * 0.85 },
  },
  severeDelay: 500,
  calmMilliseconds: 3_000,
});
