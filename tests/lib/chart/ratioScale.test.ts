import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RatioPoint } from '../../../src/lib/chart/RatioPoints.js';
import { onScale, ratioScale, ratioText } from '../../../src/lib/chart/ratioScale.js';

const ratio = fc.double({ min: 0.11, max: 79, noNaN: true });
const point = fc.record<RatioPoint>({
  at: fc.nat(),
  ratio: fc.option(ratio),
  lower: fc.oneof(fc.constant(0), ratio),
  upper: fc.option(ratio),
});

test('every ratio and the limit lie within the scale, and 1 is always marked', () => {
  fc.assert(
    fc.property(fc.array(point), fc.double({ min: 1, max: 10, noNaN: true }), (points, limit) => {
      const { min, max, marks } = ratioScale({ points, phases: [], limit });
      for (const value of [limit, ...points.map((each) => each.ratio ?? 1)]) {
        expect(value).toBeGreaterThan(min);
        expect(value).toBeLessThan(max);
      }
      expect(marks).toContain(1);
      expect(marks.length).toBeLessThanOrEqual(7);
    }),
  );
});

test('how wide the band was in the beginning does not flatten the rest', () => {
  const wide: RatioPoint = { at: 0, ratio: 1, lower: 0.1, upper: 20 };
  const narrow: RatioPoint = { at: 1, ratio: 1, lower: 0.9, upper: 1.1 };
  expect(ratioScale({ points: [wide, narrow], phases: [], limit: 1.2 }).max).toBeLessThan(3);
  expect(ratioScale({ points: [narrow, wide], phases: [], limit: 1.2 }).max).toBeGreaterThan(20);
});

test('half and double lie equally far from the same', () => {
  const scale = { min: 0.1, max: 10, marks: [] };
  expect(onScale(0.5, scale)).toBe(-onScale(2, scale));
  expect(onScale(0, scale)).toBe(onScale(0.1, scale));
});

test('ratios are written short', () => {
  expect([1, 1.024, 2.5, 12.4].map(ratioText)).toEqual(['1x', '1.02x', '2.5x', '12x']);
});
