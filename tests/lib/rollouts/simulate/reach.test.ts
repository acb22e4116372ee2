import fc from 'fast-check';
import { expect, test } from 'vitest';
import { builtInPlan } from '../../../../src/lib/rollouts/plans/builtIn.js';
import { finds, isFound } from '../../../../src/lib/rollouts/simulate/reach.js';

const { guards } = builtInPlan();
const exposure = fc.record({
  errorsPerHour: fc.double({ min: 0.1, max: 100, noNaN: true }),
  share: fc.double({ min: 0.01, max: 0.95, noNaN: true }),
  hours: fc.integer({ min: 1, max: 200 }),
  hoursBefore: fc.nat(300),
});

test('a longer phase never finds less, and one that begins later never more', () => {
  fc.assert(
    fc.property(exposure, (given) => {
      const found = finds(given, guards) ?? Infinity;
      expect(finds({ ...given, hours: given.hours * 2 }, guards) ?? Infinity).toBeLessThanOrEqual(found);
      expect(
        finds({ ...given, hoursBefore: given.hoursBefore + 48 }, guards) ?? Infinity,
      ).toBeGreaterThanOrEqual(found);
    }),
  );
});

test('what is found is found, and what is a little smaller is not', () => {
  const given = { errorsPerHour: 5, share: 0.1, hours: 48, hoursBefore: 24 };
  const found = finds(given, guards) ?? NaN;
  expect(isFound(found, given, guards)).toBe(true);
  expect(isFound(found * 0.99, given, guards)).toBe(false);
});

test('without errors to compare, or without a guard for them, nothing is found', () => {
  expect(finds({ errorsPerHour: 0, share: 0.1, hours: 48, hoursBefore: 0 }, guards)).toBeNull();
  expect(finds({ errorsPerHour: 50, share: 0.1, hours: 48, hoursBefore: 0 }, [])).toBeNull();
});
