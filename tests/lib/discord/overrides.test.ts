import { expect, it } from 'vitest';
import type { Card } from '../../../src/lib/alerts/Card.js';
import { withOverrides } from '../../../src/lib/discord/overrides.js';

const card: Card = { tone: 'info', title: 'x', fields: [{ name: 'State', value: 'on' }] };

it('what the environment decides stands before everything that it overrules', () => {
  const fields = withOverrides(card, ['A=1: off.', 'B=1: off.']).fields;
  expect(fields?.map(({ name }) => name)).toEqual(['The environment decides', 'State']);
  expect(JSON.stringify(fields?.[0]?.value)).toContain('A=1: off.');
});

it('a card stays as it is where the environment leaves everything to people', () => {
  expect(withOverrides(card, [])).toBe(card);
});
