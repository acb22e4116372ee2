/**
 * Durations as counts in log buckets. Fine buckets have the ratio 1.5^(1/8) = 1.052 (2.6 % error at most from the middle),
 * coarse ones 1.5, so that every coarse edge is a fine edge and "+50 %" is exactly one coarse or eight fine buckets.
 *
 * Bucket b holds the durations d with edge(b - 1) < d <= edge(b), edge(b) = ratio^b ms.
 */
import { InvalidObservation } from './errors.js';

/** Count by bucket number; buckets without durations are absent. Numbers may be negative (below 1 ms). */
export type Histogram = Readonly<Record<number, number>>;

export const coarseRatio = 1.5;
export const fineBucketsPerCoarse = 8;

const lnFineRatio = Math.log(coarseRatio) / fineBucketsPerCoarse;

/** Everything quicker than 0.1 ms or slower than a day counts as that. */
const shortestMs = 0.1;
const longestMs = 86_400_000;

/** The fine bucket of a duration in ms. @throws InvalidObservation where it is negative or NaN. */
export function fineBucket(durationMs: number): number {
  if (!(durationMs >= 0)) {
    throw new InvalidObservation(`A duration of ${durationMs} ms cannot be.`, {
      next: 'Look at the clock that measured it.',
      context: { durationMs },
    });
  }
  const clamped = Math.min(longestMs, Math.max(shortestMs, durationMs));
  // Without the tolerance a duration on an edge falls to either side, as rounding has it.
  return Math.ceil(Math.log(clamped) / lnFineRatio - 1e-9) + 0;
}

/** The coarse bucket of a fine one. */
export function coarseBucket(fine: number): number {
  return Math.ceil(fine / fineBucketsPerCoarse) + 0;
}

/** All coarse buckets that a duration may fall into, both included. */
export const coarseRange = {
  quickest: coarseBucket(fineBucket(shortestMs)),
  slowest: coarseBucket(fineBucket(longestMs)),
} as const;

/** The upper edge of a coarse bucket in ms. */
export function coarseEdgeMs(bucket: number): number {
  return coarseRatio ** bucket;
}

export function coarsen(fine: Histogram): Histogram {
  const coarse: Record<number, number> = {};
  for (const [bucket, count] of bucketsOf(fine)) {
    const at = coarseBucket(bucket);
    coarse[at] = (coarse[at] ?? 0) + count;
  }
  return coarse;
}

/** The sum, bucket by bucket: in whatever order parts arrive, the whole is the same. */
export function mergeHistograms(...histograms: readonly Histogram[]): Histogram {
  const sum: Record<number, number> = {};
  for (const histogram of histograms) {
    for (const [bucket, count] of bucketsOf(histogram)) sum[bucket] = (sum[bucket] ?? 0) + count;
  }
  return sum;
}

/** The number of durations. */
export function totalOf(histogram: Histogram): number {
  return Object.values(histogram).reduce((sum, count) => sum + count, 0);
}

/** The fraction of durations above a bucket's upper edge; 0 for an empty histogram. */
export function fractionSlower(histogram: Histogram, edge: number): number {
  let slower = 0;
  let total = 0;
  // Asked for every guild, unit and cut, so without putting the buckets in order.
  for (const [bucket, count] of Object.entries(histogram)) {
    total += count;
    if (Number(bucket) > edge) slower += count;
  }
  return total === 0 ? 0 : slower / total;
}

/** Bucket numbers and counts, quickest first. */
export function bucketsOf(histogram: Histogram): [bucket: number, count: number][] {
  return Object.entries(histogram)
    .map(([bucket, count]): [number, number] => [Number(bucket), count])
    .sort(([a], [b]) => a - b);
}
