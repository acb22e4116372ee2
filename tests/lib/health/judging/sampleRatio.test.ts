import { describe, expect, it } from 'vitest';
import { InvalidObservation, InvalidSetting } from '../../../../src/lib/health/judging/errors.js';
import { lnGamma } from '../../../../src/lib/health/judging/lnGamma.js';
import { lnShareEvidence, sampleRatio } from '../../../../src/lib/health/judging/sampleRatio.js';
import { seeded } from './arbitraries.js';

describe('lnGamma', () => {
  it('gives factorials and the known values between them', () => {
    let lnFactorial = 0;
    for (let n = 2; n <= 200; n++) {
      lnFactorial += Math.log(n);
      expect(lnGamma(n + 1) / lnFactorial).toBeCloseTo(1, 12);
    }
    expect(lnGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 12);
    expect(lnGamma(1)).toBeCloseTo(0, 12);
  });
});

describe('lnShareEvidence', () => {
  it('is the marginal likelihood of the uniform prior over the likelihood of the shares', () => {
    // 1!·2!/4! over 0.5^3.
    expect(lnShareEvidence([1, 2], [0.5, 0.5])).toBeCloseTo(Math.log(2 / 24 / 0.125), 12);
    expect(lnShareEvidence([0, 0, 0], [0.2, 0.3, 0.5])).toBeCloseTo(0, 12);
  });

  it('is worth 1 on average one unit later, where the shares are right', () => {
    const shares = [0.1, 0.9];
    for (const [a, b] of [
      [0, 0],
      [3, 40],
      [50, 200],
    ] as const) {
      const now = lnShareEvidence([a, b], shares);
      const next =
        0.1 * Math.exp(lnShareEvidence([a + 1, b], shares)) +
        0.9 * Math.exp(lnShareEvidence([a, b + 1], shares));
      expect(next / Math.exp(now)).toBeCloseTo(1, 9);
    }
  });

  it('refuses shares and counts that cannot be', () => {
    expect(() => lnShareEvidence([1, 1], [0.5, 0.6])).toThrow(InvalidSetting);
    expect(() => lnShareEvidence([1, 1], [0, 1])).toThrow(InvalidSetting);
    expect(() => lnShareEvidence([1], [0.5, 0.5])).toThrow(InvalidSetting);
    expect(() => lnShareEvidence([1, -1], [0.5, 0.5])).toThrow(InvalidObservation);
  });
});

describe('sampleRatio', () => {
  it('finds a canary that lost a third of its guilds', () => {
    expect(sampleRatio({ canary: 667, control: 9_000 }, { expectedShare: 0.1, phases: 5 }).isMismatch).toBe(
      true,
    );
    expect(sampleRatio({ canary: 1_004, control: 8_996 }, { expectedShare: 0.1, phases: 5 }).isMismatch).toBe(
      false,
    );
  });

  it('shares alpha out among the phases', () => {
    const { lnLimit } = sampleRatio({ canary: 1, control: 9 }, { expectedShare: 0.1, phases: 5 });
    expect(lnLimit).toBeCloseTo(Math.log(1_000), 12);
  });

  it('alarms in fewer than alpha of fair rollouts, looked at after every guild', () => {
    const random = seeded(3);
    let alarms = 0;
    for (let rollout = 0; rollout < 400; rollout++) {
      let canary = 0;
      for (let guilds = 1; guilds <= 300; guilds++) {
        if (random() < 0.1) canary += 1;
        const look = sampleRatio(
          { canary, control: guilds - canary },
          { expectedShare: 0.1, phases: 1, alpha: 0.1 },
        );
        if (!look.isMismatch) continue;
        alarms += 1;
        break;
      }
    }
    expect(alarms).toBeGreaterThan(0);
    expect(alarms / 400).toBeLessThan(0.1);
  });
});
