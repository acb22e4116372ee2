import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidObservation } from '../../../../src/lib/health/judging/errors.js';
import { lnMixture } from '../../../../src/lib/health/judging/starts.js';

const anyLnE = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 60 });

describe('lnMixture', () => {
  it('is 1 in evidence before anything began, and while nothing was seen', () => {
    expect(lnMixture([])).toBe(0);
    expect(lnMixture(new Array<number>(57).fill(0))).toBeCloseTo(0, 12);
  });

  it('weighs the n-th start by 1 / (n (n + 1)) and the rest by 1 / (J + 1)', () => {
    const expected = 10 / 2 + 20 / 6 + 30 / 12 + 1 / 4;
    expect(lnMixture([Math.log(10), Math.log(20), Math.log(30)])).toBeCloseTo(Math.log(expected), 12);
  });

  it('never falls below what has not begun, nor above the strongest start', () => {
    fc.assert(
      fc.property(anyLnE, (starts) => {
        const lnE = lnMixture(starts);
        expect(lnE).toBeGreaterThanOrEqual(-Math.log(starts.length + 1) - 1e-9);
        expect(lnE).toBeLessThanOrEqual(Math.max(0, ...starts) + 1e-9);
      }),
    );
  });

  it('takes evidence of 0 and refuses what is not a number', () => {
    expect(lnMixture([-Infinity])).toBeCloseTo(Math.log(1 / 2), 12);
    expect(() => lnMixture([0, NaN])).toThrow(InvalidObservation);
  });
});
