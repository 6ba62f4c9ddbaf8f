/** The value below which `share` (0 to 1) of the sample lies: nearest rank, never made up between two values. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = [...sample].toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Rounded so that the figure does not claim more than the clock knew. */
export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

export const median = (sample: readonly number[]): number => percentile(sample, 0.5);

/** The three figures every latency is given in (ms). */
export function latency(sample: readonly number[]): Record<'p50' | 'p99' | 'max', number> {
  return {
    p50: round(percentile(sample, 0.5)),
    p99: round(percentile(sample, 0.99)),
    max: round(percentile(sample, 1)),
  };
}
