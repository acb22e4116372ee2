import { expect, it } from 'vitest';
import { span } from '../../../src/lib/core/span.js';
import { roughSpan, span as onCards } from '../../../src/lib/discord/span.js';

const [s, min, h, d] = [1_000, 60_000, 3_600_000, 86_400_000];

it.each([
  [0, '0 s'],
  [-5 * min, '0 s'],
  [90 * s, '1 min 30 s'],
  [45 * min, '45 min'],
  [2 * d + 3 * h + 50 * min, '2 d 3 h'],
  [1 * d + 59 * min, '1 d'],
])('%i ms are "%s": two parts at the most', (ms, said) => {
  expect(span(ms)).toBe(said);
});

it.each([
  [-1, 'less than a minute'],
  [59 * s, 'less than a minute'],
  [90 * s, '1 min'],
  [h + 30 * s, '1 h'],
  [2 * d + 3 * h + 50 * min, '2 d 3 h'],
])('on a card %i ms are "%s"', (ms, said) => {
  expect(onCards(ms)).toBe(said);
});

it.each([
  [59 * min + 59 * s, '59 min'],
  [h + 19 * min, '1 h 10 min'],
  [d + 59 * min, '1 d'],
])('what is always on the move, %i ms, is told as "%s"', (ms, said) => {
  expect(roughSpan(ms)).toBe(said);
});
