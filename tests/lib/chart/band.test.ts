import { expect, test } from 'vitest';
import { bandStretches } from '../../../src/lib/chart/band.js';

const unknown = (at: number) => ({ at, ratio: null, lower: 0, upper: null });
const known = (at: number, lower: number) => ({ at, ratio: lower + 0.5, lower, upper: lower + 1 });

test('nothing is drawn where nothing is known', () => {
  const points = [unknown(0), known(1, 0.5), known(2, 0.6), unknown(3), known(4, 0.5), known(5, 0.6)];
  const drawn = bandStretches({ points, phases: [], limit: 1.2 });
  expect(drawn.map(({ points: each }) => each.map(({ at }) => at))).toEqual([
    [1, 2],
    [4, 5],
  ]);
});

test('a stretch is proven where the band lies above the limit, and meets its neighbour without a gap', () => {
  const points = [known(0, 0.9), known(1, 1.2), known(2, 1.3), known(3, 1.4)];
  const drawn = bandStretches({ points, phases: [], limit: 1.2 });
  expect(drawn.map(({ isProven, points: each }) => [isProven, each.map(({ at }) => at)])).toEqual([
    [false, [0, 1, 2]],
    [true, [2, 3]],
  ]);
});
