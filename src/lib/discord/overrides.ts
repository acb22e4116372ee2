/** Says on everything shown what the environment decides against it: a card that tells "on at 100 %" would mislead else. */
import type { Card } from '../alerts/Card.js';
import { lines } from '../alerts/wording/facts.js';

/** @param overrides sentences; none where the environment leaves everything to people */
export function withOverrides(card: Card, overrides: readonly string[]): Card {
  if (overrides.length === 0) return card;
  const field = { name: 'The environment decides', value: lines(overrides) };
  return { ...card, fields: [field, ...(card.fields ?? [])] };
}
