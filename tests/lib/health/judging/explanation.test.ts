import { describe, expect, it } from 'vitest';
import { explain } from '../../../../src/lib/health/judging/explanation.js';
import type { Comparison } from '../../../../src/lib/health/judging/verdict.js';

function comparison(changes: Partial<Comparison> = {}): Comparison {
  const interval = { ratio: 2.134, lower: 1.38, upper: 3.5 };
  return {
    metric: 'errors',
    margin: 1,
    alpha: 0.02,
    leadsTo: 'PAUSE',
    peakLnE: Math.log(159.5),
    interval,
    ...changes,
  };
}

describe('explain', () => {
  it('says what was measured, what is proven and how rare it would be by chance', () => {
    expect(explain(comparison(), 112)).toEqual({
      metric: 'errors',
      ratio: 2.134,
      atLeast: 1.38,
      couldHaveMissed: 3.5,
      oneIn: 159,
      isProven: true,
      text:
        "Errors ran 2.1x the control's in 112 guilds, at least 1.3x. " +
        'Were nothing wrong, evidence this strong would appear in fewer than 1 of 159 rollouts, however often we look.',
    });
  });

  it('names the margin where one is allowed', () => {
    expect(explain(comparison({ margin: 1.2 }), 1).text).toContain(
      'in 1 guild, at least 1.3x. Were it no more than 1.2x',
    );
  });

  it('never claims to be rarer than the evidence is, nor more than a million', () => {
    expect(explain(comparison({ peakLnE: Math.log(99.99) }), 5).oneIn).toBe(99);
    expect(explain(comparison({ peakLnE: 800 }), 5).oneIn).toBe(1_000_000);
    expect(explain(comparison({ peakLnE: -3 }), 5).oneIn).toBe(1);
  });

  it('rounds limits to the safe side', () => {
    const interval = { ratio: 1.5, lower: 1.2, upper: 1.61 };
    expect(explain(comparison({ interval }), 5).text).toContain('at least 1.2x');
    expect(explain(comparison({ interval, peakLnE: 0 }), 5).text).toContain('A rise to 1.7x');
  });

  it('says what could have been missed where nothing is proven', () => {
    const calm = comparison({ peakLnE: 0, interval: { ratio: 1.043, lower: 0.8, upper: 1.62 } });
    expect(explain(calm, 40).text).toBe(
      "Errors ran 1.04x the control's in 40 guilds. A rise to 1.7x could have been missed.",
    );
    const blind = comparison({ peakLnE: 0, interval: { ratio: null, lower: 0, upper: null } });
    expect(explain(blind, 2).text).toBe(
      'Errors: the control had none to compare with, in 2 guilds. Too little was seen to rule out any rise.',
    );
  });
});
