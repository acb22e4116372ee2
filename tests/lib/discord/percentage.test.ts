import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadPercentage, parsePercentage, showPercentage } from '../../../src/lib/discord/percentage.js';

describe('a percentage', () => {
  it.each([
    ['25', 2500],
    ['25%', 2500],
    ['25 %', 2500],
    [' 0.01', 1],
    ['0,5', 50],
    ['12.250', 1225],
    ['100', 10_000],
    ['0', 0],
    ['-0', 0],
    ['+5', 500],
  ])('%s is %i hundredths', (typed, basisPoints) => {
    expect(parsePercentage(typed)).toBe(basisPoints);
  });

  it.each([
    ['100.01', 'outside'],
    ['-1', 'outside'],
    ['1000000000000', 'outside'],
    ['0.001', 'finer'],
    ['33.333', 'finer'],
    ['true', 'leave the percentage out'],
    ['off', '/feature disable'],
    ['1e2', 'no percentage'],
    ['', 'no percentage'],
    ['25 %%', 'no percentage'],
    ['½', 'no percentage'],
  ])('%s is refused, with the reason', (typed, why) => {
    expect(() => parsePercentage(typed)).toThrow(BadPercentage);
    expect(() => parsePercentage(typed)).toThrow(why);
  });

  it('is shown as it is typed, for every one there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (basisPoints) => {
        expect(parsePercentage(showPercentage(basisPoints))).toBe(basisPoints);
      }),
    );
  });
});
