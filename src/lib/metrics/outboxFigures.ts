import type { Store } from '../state/Store.js';
import type { OutboxFigures } from './Metrics.js';

/** Beyond this it does not matter how many more there are. */
const limit = 1_000;

/** What waits in the outbox, in the store's own time. */
export async function outboxFigures(store: Pick<Store, 'outbox' | 'time'>): Promise<OutboxFigures> {
  const [pending, now] = await Promise.all([store.outbox.pending(limit), store.time()]);
  const [oldest] = pending;
  return {
    pending: pending.length,
    oldestSeconds: oldest === undefined ? 0 : Math.max(0, now - oldest.at) / 1000,
  };
}
