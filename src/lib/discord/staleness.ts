/** Says on every card that what it shows may be out of date, while the state store cannot be reached. */
import type { Card } from '../alerts/Card.js';

export function withStaleness(card: Card, stale: { readonly since: number } | undefined): Card {
  if (stale === undefined) return card;
  return {
    ...card,
    fields: [
      {
        name: 'The state store is unreachable',
        value: [
          'This is as of ',
          { time: stale.since, style: 'f' },
          '. Flags keep these values; changes are refused until it is back.',
        ],
      },
      ...(card.fields ?? []),
    ],
  };
}
