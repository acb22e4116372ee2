import { describe, expect, it } from 'vitest';
import { InvalidObservation } from '../../../../src/lib/health/judging/errors.js';
import { frozenOffset } from '../../../../src/lib/health/judging/offsets.js';

describe('frozenOffset', () => {
  it('is (hits + 1) / (active + 20) for errors', () => {
    expect(frozenOffset({ hits: 0, active: 0 })).toBe(1 / 20);
    expect(frozenOffset({ hits: 6, active: 80 })).toBeCloseTo(7 / 100, 12);
  });

  it('expects the prior of a guild without history and its own rate of a busy one', () => {
    expect(frozenOffset({ hits: 0, active: 0 }, 0.5)).toBe(0.5);
    expect(frozenOffset({ hits: 5_000, active: 10_000 }, 0.01)).toBeCloseTo(0.5, 2);
  });

  it('is never 0, so that every active guild counts', () => {
    expect(frozenOffset({ hits: 0, active: 672 })).toBeGreaterThan(0);
  });

  it('refuses a history that cannot be', () => {
    for (const history of [
      { hits: 2, active: 1 },
      { hits: -1, active: 1 },
      { hits: NaN, active: 1 },
      { hits: 0, active: Infinity },
    ]) {
      expect(() => frozenOffset(history)).toThrow(InvalidObservation);
    }
    expect(() => frozenOffset({ hits: 0, active: 1 }, 0)).toThrow(InvalidObservation);
  });
});
