import { describe, expect, it } from 'vitest';
import { BadExpiry, parseExpiry } from '../../../src/lib/discord/expiry.js';

const now = Date.parse('2027-01-01T12:00:00Z');
const day = 86_400_000;

describe('an expiry', () => {
  it.each([
    ['30d', now + 30 * day],
    ['2 W', now + 14 * day],
    ['6m', now + 180 * day],
    ['1y', now + 365 * day],
    ['2027-01-31', Date.parse('2027-01-31T23:59:59.999Z')],
    ['2027-01-01', Date.parse('2027-01-01T23:59:59.999Z')],
    ['never', null],
  ])('%s', (typed, expected) => {
    expect(parseExpiry(typed, now)).toBe(expected);
  });

  it.each(['2027-02-30', '2027-13-01', '2026-12-31', '0d', 'tomorrow', '31.01.2027', ''])(
    '%s is refused',
    (typed) => {
      expect(() => parseExpiry(typed, now)).toThrow(BadExpiry);
    },
  );
});
