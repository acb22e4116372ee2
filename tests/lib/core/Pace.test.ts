import { expect, test } from 'vitest';
import { domainTimeAt, PacedClock, withSpeed } from '../../../src/lib/core/Pace.js';

const start = { realAt: 1_000, domainAt: 50_000, speed: 60 };

test('domain time runs as many times as fast as its speed says', () => {
  expect(domainTimeAt(start, 1_000)).toBe(50_000);
  expect(domainTimeAt(start, 2_000)).toBe(110_000);
});

test('another speed goes on from where time is: it never jumps', () => {
  const slower = withSpeed(start, 1, 2_000);
  expect(domainTimeAt(slower, 2_000)).toBe(domainTimeAt(start, 2_000));
  expect(domainTimeAt(slower, 3_000)).toBe(111_000);
});

test('a clock follows the pace that it is told', () => {
  let real = 1_000;
  const clock = new PacedClock(start, { now: () => real });
  real = 2_000;
  expect([clock.now(), clock.speed]).toEqual([110_000, 60]);
  clock.follow(withSpeed(start, 1, real));
  real = 2_500;
  expect([clock.now(), clock.speed]).toEqual([110_500, 1]);
});
