import { expect, it } from 'vitest';
import fc from 'fast-check';
import { percentile } from '../../../../src/lib/deployments/monitor/percentile.js';
import {
  coarseBucket,
  fineBucket,
  type Histogram,
} from '../../../../src/lib/health/judging/latencyBuckets.js';

function histogram(durations: readonly number[]): Histogram {
  const counts: Record<number, number> = {};
  for (const ms of durations) {
    const bucket = coarseBucket(fineBucket(ms));
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

it('is within a bucket of the truth', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1, max: 60_000, noNaN: true }), { minLength: 1 }), (durations) => {
      const sorted = [...durations].sort((a, b) => a - b);
      const truth = sorted[Math.ceil(0.95 * sorted.length) - 1]!;
      const found = percentile(histogram(durations), 0.95)!;
      expect(Math.max(found / truth, truth / found)).toBeLessThanOrEqual(1.5 + 1e-9);
    }),
  );
});

it('of nothing there is none', () => {
  expect(percentile({}, 0.95)).toBeNull();
});
