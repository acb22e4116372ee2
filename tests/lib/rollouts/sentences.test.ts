import { expect, it } from 'vitest';
import { sentence } from '../../../src/lib/rollouts/showing/sentences.js';

it('what a step still lacks is said in whole sentences, also where it is one or none', () => {
  const of = (seen: number, needed: number) => sentence({ code: 'TOO_FEW_GUILDS', seen, needed }, 0);
  expect(of(0, 1)).toBe('No guild with the feature was active in the step; 1 guild is needed.');
  expect(of(1, 5)).toBe('Only 1 guild with the feature was active in the step; 5 guilds are needed.');
  expect(sentence({ code: 'TOO_FEW_COMMANDS', seen: 12, needed: 1_000 }, 0)).toBe(
    'Only 12 commands with the feature were judged in the step; 1,000 commands are needed.',
  );
});
