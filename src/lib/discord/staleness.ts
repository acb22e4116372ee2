/** Says on everything shown that it may be out of date, while the state store cannot be reached. */
import type { Card, Text } from '../alerts/Card.js';
import type { House } from './House.js';

const title = 'The state store is unreachable';

/** `since`: real time, ms since epoch. */
export function staleNotice({ since }: { readonly since: number }): Text {
  return [{ bold: title }, ': ', ...explained(since)];
}

export function withStaleness(card: Card, stale: { readonly since: number } | undefined): Card {
  if (stale === undefined) return card;
  return { ...card, fields: [{ name: title, value: explained(stale.since) }, ...(card.fields ?? [])] };
}

/** What the environment and the store's absence add to any card of a rollback or a deployment. */
export function noticesFor({ flags, overrides }: Pick<House, 'flags' | 'overrides'>): readonly Text[] {
  const { stale } = flags;
  return [...(stale === undefined ? [] : [staleNotice(stale)]), ...overrides];
}

function explained(since: number): Exclude<Text, string> {
  return [
    'This is as of ',
    { time: since, style: 'f' },
    '. Flags keep these values; changes are refused until it is back.',
  ];
}
