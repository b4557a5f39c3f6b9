/** One measured value of one run. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
}

/** The value below which `share` (0 to 1) of the samples lie, nearest rank. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);
