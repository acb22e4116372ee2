import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  interval,
  jackknifeVariance,
  ratioInterval,
  studentQuantile,
} from '../../../src/lib/scorecard/interval.js';

const mean = (days: readonly number[]) =>
  days.length === 0 ? null : days.reduce((sum, day) => sum + day, 0) / days.length;

describe('an interval from day to day', () => {
  it('has Student’s quantiles', () => {
    expect([1, 2, 6, 30].map(studentQuantile)).toEqual([12.706, 4.303, 2.447, 2.042]);
    expect([studentQuantile(0), studentQuantile(99), studentQuantile(6.9)]).toEqual([12.706, 2.042, 2.447]);
  });

  it('has them all: they agree with the expansion around the normal’s', () => {
    const z = 1.959964;
    const powers = (...factors: readonly number[]) =>
      factors.reduce((sum, factor, at) => sum + factor * z ** (2 * at + 1), 0);
    for (let n = 4; n <= 30; n++) {
      // Abramowitz and Stegun, 26.7.5.
      const [one, two, three] = [powers(1, 1) / 4, powers(3, 16, 5) / 96, powers(-15, 17, 19, 3) / 384];
      expect(
        Math.abs(studentQuantile(n) - (z + one / n + two / n ** 2 + three / n ** 3)),
        `${n}`,
      ).toBeLessThan(0.01);
    }
    expect(studentQuantile(3)).toBe(3.182);
  });

  it('of a mean is the textbook’s: s² / n', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 20 }),
        (days) => {
          const average = mean(days)!;
          const squares = days.reduce((sum, day) => sum + (day - average) ** 2, 0);
          const expected = squares / (days.length - 1) / days.length;
          expect(jackknifeVariance(days, mean)).toBeCloseTo(expected, 6);
          const [lower, upper] = interval(days, mean)!;
          const width = studentQuantile(days.length - 1) * Math.sqrt(expected);
          expect(lower).toBeCloseTo(average - width, 6);
          expect(upper).toBeCloseTo(average + width, 6);
        },
      ),
    );
  });

  it('needs three days, and a value without any one of them', () => {
    expect(interval([1, 2], mean)).toBeNull();
    expect(interval([1, 2, 3], mean)).not.toBeNull();
    const onlyWhole = (days: readonly number[]) => (days.length === 3 ? 1 : null);
    expect(interval([1, 2, 3], onlyWhole)).toBeNull();
  });

  it('of a ratio holds it, is as wide as both sides vary, and is none of nothing', () => {
    const [lower, upper] = ratioInterval([20, 22, 18], [10, 11, 9], mean)!;
    expect(Math.sqrt(lower * upper)).toBeCloseTo(2, 9);
    const [narrower] = ratioInterval([20, 20, 20], [10, 11, 9], mean)!;
    expect(narrower).toBeGreaterThan(lower);
    // The fewer days of the two sides give the quantile.
    const many = Array.from({ length: 9 }, () => 20);
    expect(ratioInterval(many, [10, 11, 9], mean)?.[0]).toBeCloseTo(narrower, 9);
    expect(ratioInterval([0, 0, 0], [1, 2, 3], mean)).toBeNull();
    expect(ratioInterval([1, 2, 3], [0, 0, 0], mean)).toBeNull();
    expect(ratioInterval([1, 2], [1, 2, 3], mean)).toBeNull();
    expect(ratioInterval([1, 2, 3], [1, 2], mean)).toBeNull();
  });
});
