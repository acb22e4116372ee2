import { expect, test } from 'vitest';
import { phaseSpans } from '../../../src/lib/chart/phaseSpans.js';

const phases = [
  { at: 0, name: 'internal_testing' },
  { at: 10, name: 'gradual_rollout 25 %' },
  { at: 20, name: 'gradual_rollout 50 %' },
];
const labels = (widthPx: number) => phaseSpans({ phases }, { from: 0, to: 30, widthPx }).map((s) => s.label);

test('a phase ends where the next begins, and the last with the picture', () => {
  const spans = phaseSpans({ phases }, { from: 5, to: 30, widthPx: 600 });
  expect(spans.map(({ from, to }) => [from, to])).toEqual([
    [5, 10],
    [10, 20],
    [20, 30],
  ]);
});

test('a name is cut to the room it has, and keeps the percentage that tells it from its neighbours', () => {
  expect(labels(600)).toEqual(['internal_testing', 'gradual_rollout 25 %', 'gradual_rollout 50 %']);
  expect(labels(240)).toEqual(['internal_…', '25 %', '50 %']);
  expect(labels(60)).toEqual(['', '', '']);
});

test('a phase that begins with the picture’s end is not drawn', () => {
  expect(phaseSpans({ phases }, { from: 0, to: 20, widthPx: 600 })).toHaveLength(2);
});
