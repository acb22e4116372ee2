import { expect, test } from 'vitest';
import { Random } from '../../../../src/lib/rollouts/simulate/Random.js';

const drawn = <Value>(count: number, draw: () => Value): Value[] => Array.from({ length: count }, draw);
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

test('a seed always gives the same numbers, another seed others', () => {
  const numbers = (seed: number) => {
    const random = new Random(seed);
    return drawn(5, () => random.uniform());
  };
  expect(numbers(1)).toEqual(numbers(1));
  expect(numbers(1)).not.toEqual(numbers(2));
});

test('numbers have the means and the spread that they should', () => {
  const random = new Random(7);
  expect(meanOf(drawn(20_000, () => random.uniform()))).toBeCloseTo(0.5, 1);
  const normals = drawn(20_000, () => random.normal());
  expect(meanOf(normals)).toBeCloseTo(0, 1);
  expect(meanOf(normals.map((value) => value ** 2))).toBeCloseTo(1, 1);
  expect(meanOf(drawn(20_000, () => random.poisson(3)))).toBeCloseTo(3, 1);
  expect(meanOf(drawn(5_000, () => random.poisson(100))) / 100).toBeCloseTo(1, 1);
  expect(new Set(drawn(200, () => random.index(3)))).toEqual(new Set([0, 1, 2]));
});
