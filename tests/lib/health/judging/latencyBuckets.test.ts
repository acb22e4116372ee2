import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidObservation } from '../../../../src/lib/health/judging/errors.js';
import {
  coarseBucket,
  coarseEdgeMs,
  coarsen,
  fineBucket,
  fineBucketsPerCoarse,
  fractionSlower,
  mergeHistograms,
  totalOf,
  type Histogram,
} from '../../../../src/lib/health/judging/latencyBuckets.js';

const anyDuration = fc.double({ min: 0.2, max: 1e7, noNaN: true });
const anyHistogram: fc.Arbitrary<Histogram> = fc.dictionary(
  fc.integer({ min: -20, max: 300 }).map(String),
  fc.integer({ min: 1, max: 1_000 }),
);

describe('latency buckets', () => {
  it('puts a run that is 50 % slower exactly eight fine buckets, or one coarse one, higher', () => {
    fc.assert(
      fc.property(anyDuration, (ms) => {
        expect(fineBucket(1.5 * ms) - fineBucket(ms)).toBe(fineBucketsPerCoarse);
        expect(coarseBucket(fineBucket(1.5 * ms)) - coarseBucket(fineBucket(ms))).toBe(1);
      }),
    );
  });

  it('are at most 2.6 % off from their middle', () => {
    fc.assert(
      fc.property(anyDuration, (ms) => {
        const middle = 1.5 ** ((fineBucket(ms) - 0.5) / 8);
        expect(Math.abs(middle / ms - 1)).toBeLessThan(0.0261);
      }),
    );
  });

  it('hold a duration on a coarse edge below it', () => {
    for (let edge = -5; edge <= 30; edge++) expect(coarseBucket(fineBucket(coarseEdgeMs(edge)))).toBe(edge);
  });

  it('clamp what no command takes and refuse what no clock measures', () => {
    expect(fineBucket(0)).toBe(fineBucket(0.1));
    expect(fineBucket(Infinity)).toBe(fineBucket(86_400_000));
    expect(() => fineBucket(-1)).toThrow(InvalidObservation);
    expect(() => fineBucket(NaN)).toThrow(InvalidObservation);
  });
});

describe('mergeHistograms', () => {
  it('gives the same whole in whatever order and grouping parts arrive', () => {
    fc.assert(
      fc.property(anyHistogram, anyHistogram, anyHistogram, (a, b, c) => {
        const whole = mergeHistograms(a, b, c);
        expect(mergeHistograms(c, mergeHistograms(b, a))).toEqual(whole);
        expect(mergeHistograms(whole, {})).toEqual(whole);
        expect(totalOf(whole)).toBe(totalOf(a) + totalOf(b) + totalOf(c));
      }),
    );
  });

  it('commutes with making coarse, which changes no fraction at a coarse edge', () => {
    fc.assert(
      fc.property(anyHistogram, anyHistogram, fc.integer({ min: -3, max: 40 }), (a, b, edge) => {
        const whole = mergeHistograms(a, b);
        expect(coarsen(whole)).toEqual(mergeHistograms(coarsen(a), coarsen(b)));
        expect(fractionSlower(coarsen(whole), edge)).toBe(fractionSlower(whole, edge * fineBucketsPerCoarse));
      }),
    );
  });

  it('counts nothing slower in an empty histogram', () => {
    expect(fractionSlower({}, 3)).toBe(0);
  });
});
