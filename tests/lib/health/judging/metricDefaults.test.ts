import { describe, expect, it } from 'vitest';
import { comparisonDefaults } from '../../../../src/lib/health/judging/metricDefaults.js';

describe('comparisonDefaults', () => {
  it('keep false pauses of all metrics and of the sample ratio together under 5 % a rollout', () => {
    const pauses = comparisonDefaults.filter(({ leadsTo }) => leadsTo === 'PAUSE');
    const sampleRatioAlpha = 0.005;
    expect(pauses.reduce((sum, { alpha }) => sum + alpha, sampleRatioAlpha)).toBeLessThan(0.05);
  });

  it('keep false rollbacks within 1 %, with latency as a trigger too', () => {
    const rollbacks = comparisonDefaults.filter(
      ({ leadsTo, metric }) => leadsTo === 'ROLLBACK' || metric === 'latency',
    );
    expect(rollbacks.reduce((sum, { alpha }) => sum + alpha, 0)).toBeLessThanOrEqual(0.01);
  });
});
