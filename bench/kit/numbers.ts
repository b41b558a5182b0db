// Percentiles of samples, and how numbers are rounded for a reader. No measuring here.

/** The value below which `share` (0 to 1) of the samples lie, by the nearest rank. NaN when there are none. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** Three digits that mean something are enough for a noisy machine. */
export const rounded = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(3)) : value);

/** p50 and p99, for figures with many samples. */
export const p50p99 = (samples: readonly number[]) => ({ p50: rounded(median(samples)), p99: rounded(quantile(samples, 0.99)) });

/** p50, p95 and the largest, for figures with few samples. */
export const p50p95max = (samples: readonly number[]) => ({
  p50: rounded(median(samples)),
  p95: rounded(quantile(samples, 0.95)),
  max: rounded(Math.max(...samples)),
});
