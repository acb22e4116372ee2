import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidObservation, InvalidSetting } from '../../../../src/lib/health/judging/errors.js';
import { coarsen, fineBucket, type Histogram } from '../../../../src/lib/health/judging/latencyBuckets.js';
import {
  cutQuantiles,
  freezeCuts,
  shiftFor,
  slowFraction,
} from '../../../../src/lib/health/judging/latencyCuts.js';

function histogramOf(durations: readonly number[]): Histogram {
  const counts: Record<number, number> = {};
  for (const ms of durations) counts[fineBucket(ms)] = (counts[fineBucket(ms)] ?? 0) + 1;
  return coarsen(counts);
}

describe('freezeCuts', () => {
  it('cuts p50 … p99 within one bucket of the exact quantile', () => {
    const durations = Array.from({ length: 10_000 }, (_, i) => 40 * (1 / (1 - (i + 0.5) / 10_000)) ** 0.6);
    const cuts = freezeCuts(histogramOf(durations));
    expect(cuts.map(({ quantile }) => quantile)).toEqual(cutQuantiles);
    for (const { quantile, ms, slower } of cuts) {
      const exact = durations[Math.floor(quantile * 10_000)]!;
      expect(ms / exact).toBeGreaterThan(1 / 1.5);
      expect(ms / exact).toBeLessThan(1.5);
      expect(slower).toBeCloseTo(durations.filter((duration) => duration > ms).length / 10_000, 2);
    }
  });

  it('leaves something above every cut, so that there is something to compare', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 200 }),
        (durations) => {
          for (const { slower } of freezeCuts(histogramOf(durations))) {
            expect(slower).toBeGreaterThan(0);
            expect(slower).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('refuses a baseline without runs', () => {
    expect(() => freezeCuts({})).toThrow(InvalidObservation);
    expect(() => freezeCuts({ 3: 0 })).toThrow(InvalidObservation);
  });
});

describe('slowFraction', () => {
  const durations = Array.from({ length: 400 }, (_, i) => 50 + i);
  const cut = freezeCuts(histogramOf(durations))[0]!;

  it('is the same for a control and for a canary slower by exactly the margin', () => {
    const slowed = histogramOf(durations.map((ms) => 1.5 * ms));
    const control = slowFraction(histogramOf(durations), cut, 'control', shiftFor(1.5));
    expect(slowFraction(slowed, cut, 'canary', shiftFor(1.5))).toBe(control);
    expect(slowFraction(slowed, cut, 'canary', shiftFor(1))).toBeGreaterThan(control);
  });
});

describe('shiftFor', () => {
  it('judges a margin between two buckets as the larger one, and says so', () => {
    expect(shiftFor(1)).toEqual({ buckets: 0, margin: 1 });
    expect(shiftFor(1.2)).toEqual({ buckets: 1, margin: 1.5 });
    expect(shiftFor(1.5)).toEqual({ buckets: 1, margin: 1.5 });
    expect(shiftFor(2)).toEqual({ buckets: 2, margin: 2.25 });
    expect(() => shiftFor(0)).toThrow(InvalidSetting);
  });
});
