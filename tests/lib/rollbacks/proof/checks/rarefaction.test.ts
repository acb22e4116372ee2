import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  failsAmong,
  sampleFor,
  weightOf,
} from '../../../../../src/lib/rollbacks/proof/checks/rarefaction.js';

describe('the chance that one of a few runs failed', () => {
  test('is what counting every choice of runs comes to', () => {
    // Of 5 runs 2 failed; 3 of the 10 pairs hold none of them.
    expect(failsAmong({ runs: 5, failures: 2 }, 2)).toBeCloseTo(0.7, 12);
    expect(failsAmong({ runs: 5, failures: 2 }, 1)).toBeCloseTo(0.4, 12);
    // One failure in ten is among three of them in three of ten choices.
    expect(failsAmong({ runs: 10, failures: 1 }, 3)).toBeCloseTo(0.3, 12);
  });

  const unit = fc
    .tuple(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([runs, share]) => ({ runs, failures: Math.round(runs * share) }));

  test('lies from 0 to 1, grows with the runs that are looked at, and is yes or no where all are', () => {
    fc.assert(
      fc.property(unit, fc.integer({ min: 1, max: 6_000 }), (counts, sample) => {
        const chance = failsAmong(counts, sample);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
        expect(failsAmong(counts, sample + 1)).toBeGreaterThanOrEqual(chance - 1e-9);
        expect(failsAmong(counts, counts.runs)).toBeCloseTo(counts.failures > 0 ? 1 : 0, 9);
      }),
    );
  });

  test('does not depend on the traffic where everything fails, or nothing', () => {
    fc.assert(
      fc.property(unit, fc.integer({ min: 1, max: 100 }), ({ runs }, sample) => {
        expect(failsAmong({ runs, failures: runs }, sample)).toBe(1);
        expect(failsAmong({ runs, failures: 0 }, sample)).toBe(0);
      }),
    );
  });
});

test('as many runs are looked at as three of four quarter hours have, on the side that has fewer', () => {
  const of = (...runs: number[]) => runs.map((n) => ({ runs: n, failures: 0 }));
  expect(sampleFor(of(1, 4, 5, 6, 7), of(40, 50))).toBe(4);
  expect(sampleFor(of(40, 50), of(1, 4, 5, 6, 7))).toBe(4);
  expect(sampleFor([], of(9))).toBe(9);
  expect(sampleFor([], [])).toBe(1);
  expect(weightOf({ runs: 2, failures: 0 }, 4)).toBe(0.5);
  expect(weightOf({ runs: 9, failures: 0 }, 4)).toBe(1);
});
