import { describe, expect, test } from 'vitest';
import {
  concludeNormality,
  normality,
  type Compared,
} from '../../../../../src/lib/rollbacks/proof/checks/normality.js';

const base: Compared = {
  ...{
    metric: 'errors',
    comparedWith: 'before',
    margin: 1.2,
    cutMs: null,
    seen: { units: 500, bad: 40 },
    guilds: 500,
    isLast: false,
    ticks: [],
  },
};
const tick = (bad: number, exposure: number, usualBad = 700, usualExposure = 700) => ({
  ...{ unit: 1, canary: { bad, exposure }, control: { bad: usualBad, exposure: usualExposure } },
});
const found = (more: Partial<Compared>) => {
  const finding = normality({ ...base, ...more });
  expect(concludeNormality(finding.evidence)).toEqual({
    verdict: finding.verdict,
    sentence: finding.sentence,
  });
  return finding;
};

describe('a comparison with the usual', () => {
  test('passes where the upper limit of the interval is below the margin', () => {
    const finding = found({ ticks: [tick(50, 100)] });
    expect(finding.verdict).toBe('passed');
    expect(finding.sentence).toBe(
      'Errors: 0.5× as many as before it (surely from 0× to 0.75×; normal is below 1.2×). Measured for 15 min in 500 active guilds.',
    );
  });

  test('fails where the lower limit is above the margin, and says what to look for', () => {
    const finding = found({ ticks: [tick(300, 100)] });
    expect(finding.verdict).toBe('failed');
    expect(finding.sentence).toContain('look at what else changed');
  });

  test('is not known in between: as bad as usual, of few guilds', () => {
    const finding = found({ ticks: [tick(10, 10)] });
    expect(finding.verdict).toBe('unknown');
    expect(finding.sentence).toContain('Not enough data yet');
  });

  test('is not known before the first quarter of an hour is over, and says when the hour is', () => {
    expect(found({}).sentence).toBe(
      'Not enough data yet: the first quarter of an hour after it is not over.',
    );
    expect(found({ isLast: true }).sentence).toBe('Not enough data within the hour.');
  });

  test('of times judges the share of slow runs past a mark that was moved by the margin', () => {
    const times = { metric: 'times', margin: 1.5, cutMs: 300 } as const;
    expect(found({ ...times, ticks: [tick(40, 1_000)] }).verdict).toBe('passed');
    expect(found({ ...times, ticks: [tick(1_400, 1_000)] }).verdict).toBe('failed');
  });

  test('of times names both marks in milliseconds, and what there is too little of', () => {
    const times = { metric: 'times', margin: 1.5, cutMs: 1_478, comparedWith: 'others' } as const;
    expect(found({ ...times, ticks: [tick(5, 10, 10, 10)], guilds: 18, isLast: true }).sentence).toMatch(
      /^Not enough data within the hour\. Commands slower than 2,217 ms: 0\.5× as many as were slower than 1,478 ms in guilds that never had it \(surely from 0× to [\d.]+×; normal is below 1×\)\. Measured for 15 min in 18 active guilds\.$/,
    );
  });

  test('passes where errors are too rare to compare, and not seen to be more often than usual', () => {
    const none = { units: 500, bad: 0 };
    const finding = found({ seen: none, ticks: [tick(0, 1, 0, 7)] });
    expect(finding).toMatchObject({
      verdict: 'passed',
      sentence:
        'Errors in 0 of 500 quarter hours of a guild: surely in fewer than 1 of 100. Measured for 15 min in 500 active guilds.',
    });
    expect(found({ seen: none, comparedWith: 'nothing', ticks: [tick(0, 1, 0, 0)] }).verdict).toBe('passed');
    expect(found({ seen: { units: 100, bad: 0 }, ticks: [tick(0, 1, 0, 7)] }).verdict).toBe('unknown');
    const few = { units: 5_000, bad: 4 };
    expect(found({ seen: few, ticks: [tick(4, 1, 4, 7)] }).verdict).toBe('unknown');
    expect(found({ seen: few, ticks: [tick(2, 1, 0, 7)] }).verdict).toBe('unknown');
    expect(found({ seen: few, ticks: [tick(4, 1, 28, 7)] }).verdict).toBe('passed');
  });

  test('needs no data where nobody had it, and has none where there is nothing to compare with', () => {
    expect(found({ comparedWith: 'nobody' }).verdict).toBe('passed');
    const nothing = found({ comparedWith: 'nothing', isLast: true });
    expect(nothing.verdict).toBe('unknown');
    expect(nothing.sentence).toContain('nothing was measured before the feature');
  });

  test('is not concluded from other evidence, or from an impossible alpha', () => {
    expect(concludeNormality({})).toBeUndefined();
    const { evidence } = found({ ticks: [tick(50, 100)] });
    expect(concludeNormality({ ...(evidence as object), alpha: 5 })).toBeUndefined();
  });
});

test('evidence with numbers that nobody can count is none, and breaks nobody who reads it', () => {
  const whole = {
    ...{ metric: 'errors', comparedWith: 'before', margin: 1.2, cutMs: null, alpha: 0.05 },
    seen: { units: 1, bad: 0 },
    ticks: [{ unit: 1, canary: { bad: 0, exposure: 80 }, control: { bad: 1, exposure: 80 } }],
    ...{ guilds: 1, ratio: 0, lower: 0, upper: null, isLast: false },
  };
  expect(concludeNormality(whole)).toBeDefined();
  const arm = { bad: 1, exposure: -80 };
  expect(concludeNormality({ ...whole, ticks: [{ ...whole.ticks[0]!, control: arm }] })).toBeUndefined();
  expect(concludeNormality({ ...whole, seen: { units: -1, bad: 0 } })).toBeUndefined();
  expect(concludeNormality({ ...whole, seen: { units: 1, bad: -1 } })).toBeUndefined();
});
