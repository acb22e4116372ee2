import type { Notice, Tone } from '../Card.js';
import type { Route, RouteTarget } from './AlertSettings.js';

const gravity: Readonly<Record<Tone, number>> = { info: 0, good: 0, warn: 1, bad: 2 };

/** Who is told of a notice beside those whom it is for; each once. What is for one guild or one person stays with them. */
export function routesOf(notice: Notice, routes: readonly Route[]): readonly RouteTarget[] {
  const { kind, to, card } = notice;
  if (typeof to !== 'string') return [];
  const targets = routes
    .filter(({ events, severity }) => isAmong(kind, events) && gravity[card.tone] >= gravity[severity])
    .flatMap((route) => route.to)
    .filter((target) => target !== to);
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()];
}

function isAmong(kind: string, events: readonly string[]): boolean {
  return events.some((event) => {
    const parts = event.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(kind);
  });
}
