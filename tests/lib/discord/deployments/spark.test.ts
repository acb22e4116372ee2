import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spark } from '../../../../src/lib/discord/deployments/spark.js';

describe('a chart of one line', () => {
  it('goes from nothing to the highest value of all', () => {
    expect(spark([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
  });

  it('shows the unknown as unknown, and nothing where nothing is known', () => {
    expect(spark([1, null, 1])).toBe('█·█');
    expect(spark([null, null])).toBe('');
    expect(spark([])).toBe('');
    expect(spark([0, 0])).toBe('▁▁');
  });

  it('never hides the highest value, however many there are, and is never wider than it may be', () => {
    const values = fc.array(fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })), { maxLength: 200 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), (series, width) => {
        const drawn = spark(series, width);
        expect([...drawn].length).toBeLessThanOrEqual(width);
        if (series.some((value) => value !== null && value > 0)) expect(drawn).toContain('█');
      }),
    );
  });
});
