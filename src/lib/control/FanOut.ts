/** Replaces one outbox entry that stands for very many notices by these, a batch a commit. */
import type { Notice } from '../alerts/Card.js';
import type { Expand } from '../alerts/dispatch/Delivery.js';
import { asJson } from '../alerts/noticeSchema.js';
import type { OutboxEntry, Store } from '../state/Store.js';
import { commitWithin } from './commitWithin.js';

/** A notice and what it is for (a guild's id): the same key always, and no two of one entry alike. */
export interface FannedNotice {
  readonly key: string;
  readonly notice: Notice;
}

export interface FanOutOptions {
  readonly store: Pick<Store, 'commit' | 'getMany' | 'time'>;
  /** The notices that an entry stands for, as of now. */
  readonly noticesOf: (entry: OutboxEntry) => readonly FannedNotice[];
  /** @default 100 */
  readonly batch?: number;
}

/**
 * `settings:fan-out` says how far the expansion of the newest such entry has come, and moves in the same commit as each
 * batch: killed at any line, it goes on behind the last key that was committed. Entries come in order and one at a time.
 */
export function fanOut({ store, noticesOf, batch = 100 }: FanOutOptions): Expand {
  return async (entry, fence) => {
    const name = `${entry.id}-${entry.commitId}`;
    const ordered = [...noticesOf(entry)].sort((one, other) => (one.key < other.key ? -1 : 1));
    for (;;) {
      const [document = null] = await store.getMany('settings', ['fan-out']);
      const upTo = document?.entry === name && typeof document.upTo === 'string' ? document.upTo : '';
      const next = ordered.filter(({ key }) => key > upTo).slice(0, batch);
      const last = next.at(-1);
      if (last === undefined) return;
      await commitWithin(store, {
        op: `fan-out-${name}-${last.key}`,
        fence,
        changes: [
          {
            ns: 'settings',
            key: 'fan-out',
            expect: document?.v ?? 0,
            next: { schema: 1, entry: name, upTo: last.key },
          },
        ],
        audit: [],
        outbox: next.map(({ notice }) => asJson(notice)),
      });
    }
  };
}
