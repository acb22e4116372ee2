import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lnEvidence, lnFactor, bets } from '../../../../src/lib/health/judging/eProcess.js';
import { InvalidObservation, InvalidSetting } from '../../../../src/lib/health/judging/errors.js';
import { anyTick, anyTicks, binomial, extremeTick, seeded, tick } from './arbitraries.js';

describe('lnEvidence', () => {
  const known = [tick(200, 2, 1_800, 18), tick(200, 6, 1_800, 16), tick(180, 9, 1_900, 20)];

  it('gives the known answers of three ticks', () => {
    const lnE = [1, 2, 3].map((upTo) => lnEvidence(known.slice(0, upTo), { margin: 1 }));
    expect(lnE[0]).toBeCloseTo(-0.813047, 6);
    expect(lnE[1]).toBeCloseTo(0.809033, 6);
    expect(lnE[2]).toBeCloseTo(5.07227, 6);
    expect(Math.exp(lnE[2]!)).toBeCloseTo(159.5, 1);
  });

  it('is 0 before the first tick', () => {
    expect(lnEvidence([], { margin: 1.2 })).toBe(0);
  });

  it('learns nothing from a tick in which an arm was not exposed', () => {
    const silent = [tick(0, 0, 1_000, 10), tick(100, 3, 0, 0)];
    expect(lnEvidence([...known, ...silent], { margin: 1 })).toBe(lnEvidence(known, { margin: 1 }));
  });

  it('does not depend on the order of the ticks', () => {
    fc.assert(
      fc.property(anyTicks, fc.double({ min: 0.5, max: 3, noNaN: true }), (ticks, margin) => {
        const forwards = lnEvidence(ticks, { margin });
        expect(lnEvidence([...ticks].reverse(), { margin })).toBeCloseTo(forwards, 6);
      }),
    );
  });

  it('falls as the margin grows', () => {
    fc.assert(
      fc.property(anyTicks, fc.double({ min: 0.5, max: 3, noNaN: true }), (ticks, margin) => {
        const wider = lnEvidence(ticks, { margin: margin * 1.1 });
        expect(wider).toBeLessThanOrEqual(lnEvidence(ticks, { margin }) + 1e-9);
      }),
    );
  });

  it('expects a factor of at most 1 of a canary at its margin, whatever the base rate and the shares', () => {
    fc.assert(
      fc.property(
        anyTick,
        fc.double({ min: 0.5, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(...bets),
        ({ canary, control }, margin, rate, bet) => {
          fc.pre(canary.exposure > 0 && control.exposure > 0 && margin * rate <= 1);
          const factor = (bad: { canary: number; control: number }): number =>
            Math.exp(
              lnFactor(
                {
                  canary: { bad: bad.canary, exposure: canary.exposure },
                  control: { bad: bad.control, exposure: control.exposure },
                },
                margin,
                bet,
              ),
            );
          // Of Poisson counts with these means, E[c^X1 s^X0] = exp(mean1 (c - 1) + mean0 (s - 1)).
          const c = factor({ canary: 1, control: 0 });
          const s = factor({ canary: 0, control: 1 });
          const lnExpected = margin * rate * canary.exposure * (c - 1) + rate * control.exposure * (s - 1);
          expect(lnExpected).toBeLessThanOrEqual(1e-6);
        },
      ),
    );
  });

  it('rejects a harmless canary in fewer than alpha of rollouts, looked at after every tick', () => {
    const random = seeded(7);
    const alpha = 0.1;
    const rollouts = 1_000;
    let rejected = 0;
    for (let rollout = 0; rollout < rollouts; rollout++) {
      const sums = bets.map(() => 0);
      for (let i = 0; i < 60; i++) {
        // The base rate drifts and the canary's share grows: both are allowed to.
        const rate = 0.05 + 0.1 * (i / 60);
        const units = 5 + i;
        const seen = tick(units, binomial(random, units, 1.2 * rate), 100, binomial(random, 100, rate));
        bets.forEach((bet, k) => (sums[k]! += lnFactor(seen, 1.2, bet)));
        const evidence = sums.reduce((total, sum) => total + Math.exp(sum), 0) / bets.length;
        if (evidence < 1 / alpha) continue;
        rejected += 1;
        break;
      }
    }
    expect(rejected).toBeGreaterThan(0);
    expect(rejected / rollouts).toBeLessThan(alpha);
  });

  it('is a number for every tick that can be written down', () => {
    fc.assert(
      fc.property(
        fc.array(extremeTick, { maxLength: 5 }),
        fc.constantFrom(1e-9, 0.5, 1, 20, 1e9),
        (ticks, margin) => {
          expect(lnEvidence(ticks, { margin })).toSatisfy(Number.isFinite);
        },
      ),
    );
  });

  it('refuses counts and margins that cannot be', () => {
    for (const wrong of [-1, NaN, Infinity, 2 ** 54]) {
      expect(() => lnEvidence([tick(100, wrong, 100, 1)], { margin: 1 })).toThrow(InvalidObservation);
      expect(() => lnEvidence([tick(100, 1, wrong, 1)], { margin: 1 })).toThrow(InvalidObservation);
    }
    for (const margin of [0, -1, NaN, Infinity])
      expect(() => lnEvidence([], { margin })).toThrow(InvalidSetting);
  });
});
