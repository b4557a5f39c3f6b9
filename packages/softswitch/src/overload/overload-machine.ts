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
  /** Everything must have been well for so long. */
  readonly calmMilliseconds: number;
}

export type Overload =
  | { readonly kind: 'calm' }
  /** `calmSince`: everything has been below its lower bound since then. */
  | { readonly kind: 'shedding'; readonly because: keyof LoadReading; readonly calmSince?: number };

const measures: readonly (keyof LoadReading)[] = ['delay', 'legs', 'transactions'];

/** Too much of anything sheds at once; it ends when everything has been well for a while. `now` is monotonic. */
export function nextOverload(state: Overload, reading: LoadReading, now: number, rules: OverloadRules): Overload {
  const { bounds, calmMilliseconds } = rules;
  const exceeded = measures.find((measure) => reading[measure] >= bounds[measure].enter);
  if (state.kind === 'calm') return exceeded === undefined ? state : { kind: 'shedding', because: exceeded };
  const isWell = measures.every((measure) => reading[measure] < bounds[measure].leave);
  if (!isWell) return { kind: 'shedding', because: exceeded ?? state.because };
  const calmSince = state.calmSince ?? now;
  return now - calmSince >= calmMilliseconds ? { kind: 'calm' } : { ...state, calmSince };
}

/**
 * `mostLegs` and `mostTransactions` are the hard limits; shedding begins before them. A late loop is the first sign of a
 * busy processor: callers would notice from about 150 ms on.
 */
export const overloadRules = (mostLegs: number, mostTransactions: number): OverloadRules => ({
  bounds: {
    delay: { enter: 80, leave: 30 },
    legs: { enter: mostLegs * 0.97, leave: mostLegs * 0.92 },
    transactions: { enter: mostTransactions * 0.96, leave: mostTransactions * 0.85 },
  },
  calmMilliseconds: 3_000,
});
