import { expect, test } from 'vitest';
import { isReported, starsFor } from '../../../src/sandbox/traffic/opinions.js';
import { seededRandom } from '../../../src/sandbox/traffic/seededRandom.js';

function stars(...[how, mood]: [Parameters<typeof starsFor>[0], Parameters<typeof starsFor>[1]]): number[] {
  const random = seededRandom(3);
  return Array.from({ length: 4_000 }, () => starsFor(how, mood, random)).filter((one) => one !== undefined);
}

test('only who is displeased with the new greeting gives few stars', () => {
  expect(new Set(stars('new', 'displeased'))).toEqual(new Set([1, 2]));
  expect(new Set(stars('old', 'displeased'))).toEqual(new Set([4, 5]));
  expect(new Set(stars('new', 'pleased'))).toEqual(new Set([4, 5]));
});

test('few people say anything, and nobody of a greeting that they did not get', () => {
  expect(stars('new', 'pleased').length).toBeGreaterThan(60);
  expect(stars('new', 'pleased').length).toBeLessThan(140);
  expect([...stars('failed', 'pleased'), ...stars('unanswered', 'pleased'), ...stars('new', 'none')]).toEqual(
    [],
  );
});

test('only the new greeting is reported, and only where members are told to', () => {
  const always = (): number => 0;
  expect(isReported('new', true, always)).toBe(true);
  expect(isReported('new', false, always)).toBe(false);
  expect(isReported('old', true, always)).toBe(false);
});
