import { expect, it } from 'vitest';
import { comparisonField } from '../../../../src/lib/discord/rollouts/explainRollout.js';

const counts = { same: 0, different: 0, fallback: 0, 'too-slow': 0, 'left-out': 0 };
const nameOf = (guild: string): string => `the guild ${guild}`;
const example = { flag: 'layer', guildId: '7', at: 5, lines: ['greeting: 1, was 2', 'x'.repeat(500)] };

it('two implementations that never ran side by side take no place', () => {
  expect(comparisonField({ flag: 'layer', counts, examples: [] }, nameOf)).toEqual([]);
});

it('differences are told with their newest examples, shortened to what a field holds', () => {
  const report = { flag: 'layer', counts: { ...counts, different: 9 }, examples: Array(20).fill(example) };
  const text = JSON.stringify(comparisonField(report, nameOf));
  expect(text).toContain('differed in 9 of 9 comparisons');
  expect(text).toContain('in the guild 7: greeting: 1, was 2');
  expect(text.match(/greeting/g)).toHaveLength(4);
  expect(text.length).toBeLessThan(1100);
});
