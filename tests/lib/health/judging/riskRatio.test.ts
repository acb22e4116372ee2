import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lnEvidence, lnLimit } from '../../../../src/lib/health/judging/eProcess.js';
import { InvalidSetting } from '../../../../src/lib/health/judging/errors.js';
import { ratioGrid, riskRatio, riskRatioInterval } from '../../../../src/lib/health/judging/riskRatio.js';
import { lnMixture } from '../../../../src/lib/health/judging/starts.js';
import type { Tick } from '../../../../src/lib/health/judging/ticks.js';
import { anyTicks, binomial, extremeTick, seeded, tick } from './arbitraries.js';

const swapArms = (ticks: readonly Tick[]): Tick[] =>
  ticks.map(({ canary, control }) => ({ canary: control, control: canary }));

describe('riskRatioInterval', () => {
  it('has the largest margin as its lower limit that lnEvidence rejects', () => {
    fc.assert(
      fc.property(
        anyTicks,
        fc.constantFrom(...ratioGrid),
        fc.constantFrom(0.01, 0.05, 0.5),
        (ticks, margin, alpha) => {
          const isRejected = lnEvidence(ticks, { margin }) >= lnLimit(alpha);
          expect(riskRatioInterval(ticks, { alpha }).lower >= margin).toBe(isRejected);
        },
      ),
    );
  });

  it('has the smallest margin as its upper limit that lnEvidence rejects with the arms swapped', () => {
    fc.assert(
      fc.property(
        anyTicks,
        fc.constantFrom(...ratioGrid),
        fc.constantFrom(0.01, 0.05, 0.5),
        (ticks, margin, alpha) => {
          const isRejected = lnEvidence(swapArms(ticks), { margin: 1 / margin }) >= lnLimit(alpha);
          expect((riskRatioInterval(ticks, { alpha }).upper ?? Infinity) <= margin).toBe(isRejected);
        },
      ),
    );
  });

  it('has both limits where much was seen', () => {
    const { ratio, lower, upper } = riskRatioInterval(new Array<Tick>(20).fill(tick(1_000, 20, 9_000, 90)), {
      alpha: 0.05,
    });
    expect(ratio).toBeCloseTo(2, 9);
    expect(lower).toBeGreaterThan(1.6);
    expect(upper).toBeLessThan(2.4);
  });

  it('lies the right way round and contains no margin that the other side rejects', () => {
    fc.assert(
      fc.property(anyTicks, (ticks) => {
        const { lower, upper } = riskRatioInterval(ticks, { alpha: 0.05 });
        expect(lower).toBeLessThan(upper ?? Infinity);
      }),
    );
  });

  it('covers the true ratio in at least 1 - 2 alpha of rollouts at once for all looks', () => {
    const random = seeded(11);
    const truth = 2;
    let missed = 0;
    for (let rollout = 0; rollout < 150; rollout++) {
      const ticks: Tick[] = [];
      for (let i = 0; i < 12; i++) {
        ticks.push(tick(60, binomial(random, 60, 0.05 * truth), 200, binomial(random, 200, 0.05)));
        const { lower, upper } = riskRatioInterval(ticks, { alpha: 0.1 });
        if (lower <= truth && (upper === null || upper >= truth)) continue;
        missed += 1;
        break;
      }
    }
    expect(missed / 150).toBeLessThan(0.2);
  });

  it('matches the mixture of starts where starts are given', () => {
    const ticks = [
      ...new Array<Tick>(20).fill(tick(100, 1, 900, 9)),
      ...new Array<Tick>(5).fill(tick(100, 9, 900, 9)),
    ];
    const startsAt = [0, 6, 12, 18, 24];
    const margin = ratioGrid[200]!;
    const lnE = lnMixture(startsAt.map((at) => lnEvidence(ticks.slice(at), { margin })));
    const at = (alpha: number): boolean => riskRatioInterval(ticks, { alpha, startsAt }).lower >= margin;
    expect(at(Math.exp(-lnE) * 1.001)).toBe(true);
    expect(at(Math.exp(-lnE) * 0.999)).toBe(false);
  });

  it('says nothing where nothing was seen', () => {
    expect(riskRatioInterval([], { alpha: 0.05 })).toEqual({ ratio: null, lower: 0, upper: null });
  });

  it('gives numbers for every tick that can be written down', () => {
    fc.assert(
      fc.property(fc.array(extremeTick, { maxLength: 4 }), (ticks) => {
        const { ratio, lower, upper } = riskRatioInterval(ticks, { alpha: 0.05 });
        for (const value of [ratio ?? 0, lower, upper ?? 0]) expect(value).not.toBeNaN();
      }),
    );
  });

  it('refuses an alpha or starts that cannot be', () => {
    expect(() => riskRatioInterval([], { alpha: 0 })).toThrow(InvalidSetting);
    for (const startsAt of [[1, 0], [0, 0], [2], [-1], [0.5]]) {
      const ticks = [tick(1, 0, 1, 0), tick(1, 0, 1, 0)];
      expect(() => riskRatioInterval(ticks, { alpha: 0.05, startsAt })).toThrow(InvalidSetting);
    }
  });
});

describe('riskRatio', () => {
  it('is not misled by a base rate that drifts while the canary grows', () => {
    const ticks = [tick(100, 1, 1_900, 19), tick(1_500, 60, 500, 20)];
    expect(riskRatio(ticks)).toBeCloseTo(1, 2);
    expect(61 / 1_600 / (39 / 2_400)).toBeGreaterThan(2);
  });

  it('is null where the control had nothing bad', () => {
    expect(riskRatio([tick(10, 5, 10, 0)])).toBeNull();
  });
});
