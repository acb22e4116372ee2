import { expect, it } from 'vitest';
import { BadTime, parseFutureTime } from '../../../src/lib/discord/futureTime.js';
import { roughSpan, span } from '../../../src/lib/discord/span.js';

const now = Date.parse('2027-01-01T00:00:00Z');
const hour = 3_600_000;

it.each([
  ['4h', now + 4 * hour],
  ['in 30min', now + hour / 2],
  ['2 d', now + 48 * hour],
  ['2027-01-31 09:00', Date.parse('2027-01-31T09:00:00Z')],
])('reads %s', (typed, at) => {
  expect(parseFutureTime(typed, now)).toBe(at);
});

it.each(['', 'soon', '0h', '4', '2027-02-30 09:00', '2026-12-31 23:59', '2027-01-01 25:00'])(
  'refuses %j with an example',
  (typed) => {
    expect(() => parseFutureTime(typed, now)).toThrow(BadTime);
  },
);

it.each([
  [0, 'less than a minute'],
  [61_000, '1 min'],
  [25 * hour, '1 d 1 h'],
  [48 * hour + 60_000, '2 d'],
])('says %i ms as %s', (ms, words) => {
  expect(span(ms)).toBe(words);
});

it('is no more exact about what is always on the move than anyone needs', () => {
  expect(roughSpan(25 * hour + 59 * 60_000)).toBe('1 d 1 h');
  expect(roughSpan(hour + 19 * 60_000)).toBe('1 h 10 min');
});
