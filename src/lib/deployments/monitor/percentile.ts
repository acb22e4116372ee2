import { bucketsOf, coarseEdgeMs, type Histogram, totalOf } from '../../health/judging/latencyBuckets.js';

/**
 * The duration, ms, below which the fraction of all runs lies; null of nothing. Buckets are a factor of 1.5 wide, within which
 * durations are taken to be spread evenly by ratio.
 *
 * @param durations coarse histogram
 */
export function percentile(durations: Histogram, fraction: number): number | null {
  const wanted = totalOf(durations) * fraction;
  let below = 0;
  for (const [bucket, count] of bucketsOf(durations)) {
    if (count > 0 && below + count >= wanted) {
      return coarseEdgeMs(bucket - 1 + (wanted - below) / count);
    }
    below += count;
  }
  return null;
}
