import { describe, expect, it } from 'vitest';
import * as judging from '../src/judging.js';

describe('the exported judging engine', () => {
  it('judges ticks of one own metric from counts alone', () => {
    const ticks = [
      { canary: { bad: 2, exposure: 200 }, control: { bad: 18, exposure: 1_800 } },
      { canary: { bad: 6, exposure: 200 }, control: { bad: 16, exposure: 1_800 } },
      { canary: { bad: 9, exposure: 180 }, control: { bad: 20, exposure: 1_900 } },
    ];
    const lnE = judging.lnEvidence(ticks, { margin: 1 });
    expect(Math.exp(lnE)).toBeCloseTo(159.5, 1);
    expect(judging.lnMixture([lnE])).toBeCloseTo(Math.log(159.5 / 2 + 1 / 2), 3);
    const { ratio, lower, upper } = judging.riskRatioInterval(ticks, { alpha: 0.05 });
    expect(lower).toBeGreaterThan(1);
    expect(lower).toBeLessThan(ratio!);
    expect(upper).toBeGreaterThan(ratio!);
  });

  it('tells its own errors from bugs by class and code', () => {
    expect(() => judging.lnEvidence([], { margin: 0 })).toThrow(judging.InvalidSetting);
    expect(new judging.InvalidObservation('x').code).toBe('INVALID_OBSERVATION');
  });
});
