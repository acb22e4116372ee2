import { expect, it } from 'vitest';
import { durationIn } from '../../../src/lib/yaml/duration.js';

const any = durationIn(['s', 'm', 'h', 'd', 'w'], '90m, 24h or 3d');
const dayMs = 86_400_000;

it.each([
  ['30s', 30_000],
  ['5m', 300_000],
  [' 1.5 h ', 5_400_000],
  ['3d', 3 * dayMs],
  ['2w', 14 * dayMs],
  ['366d', 366 * dayMs],
])('%j is %i ms', (text, ms) => {
  expect(any.parse(text)).toBe(ms);
});

it.each([
  ['367d', 'a year is the longest duration'],
  ['0s', 'a duration must be longer than nothing'],
  ['-1h', 'expected a duration such as 90m, 24h or 3d'],
  ['1h30m', 'expected a duration such as 90m, 24h or 3d'],
  ['1', 'expected a duration such as 90m, 24h or 3d'],
  ['', 'expected a duration such as 90m, 24h or 3d'],
  [30, 'expected a duration such as 90m, 24h or 3d'],
])('%j is none: %s', (text, message) => {
  expect(any.safeParse(text).error?.issues[0]?.message).toBe(message);
});

it('a unit that is not meant is none', () => {
  expect(durationIn(['s', 'm'], '30s').safeParse('1h').success).toBe(false);
});
