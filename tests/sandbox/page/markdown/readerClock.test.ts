import { expect, test } from 'vitest';
import { readerClock } from '../../../../src/sandbox/page/markdown/readerClock.js';

test('a moment belongs to the clock that it is nearer to', () => {
  const clocks = { nowMs: 1_000, domainNowMs: 900_000 };
  expect(readerClock(990, clocks)).toBe(1_000);
  expect(readerClock(1_200_000, clocks)).toBe(900_000);
  expect(readerClock(5, { nowMs: 7, domainNowMs: 7 })).toBe(7);
});
