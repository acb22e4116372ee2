/** Replaces one outbox entry that stands for very many notices by these, a batch a commit. */
import type { Notice } from '../alerts/Card.js';
import type { Expand } from '../alerts/dispatch/Delivery.js';
import { asJson } from '../alerts/noticeSchema.js';
import type { OutboxEntry, Store, StoredDocument } from '../state/Store.js';
import { commitWithin } from './commitWithin.js';

/** Of so many entries, the progress is kept: far more than can be under way. */
const mostRemembered = 50;

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
 * `settings:fan-out` says how far each expansion has come, and moves in the same commit as the batch: killed at any line,
 * it goes on behind the last key that was committed.
 */
export function fanOut({ store, noticesOf, batch = 100 }: FanOutOptions): Expand {
  return async (entry, fence) => {
    const name = `${entry.id}-${entry.commitId}`;
    const ordered = [...noticesOf(entry)].sort((one, other) => (one.key < other.key ? -1 : 1));
    for (;;) {
      const [document = null] = await store.getMany('settings', ['fan-out']);
      const progress = progressIn(document);
      const upTo = progress.get(name) ?? '';
      const next = ordered.filter(({ key }) => key > upTo).slice(0, batch);
      const last = next.at(-1);
      if (last === undefined) return;
      // Behind all others: what goes on for long must not be forgotten for many that were short.
      progress.delete(name);
      progress.set(name, last.key);
      await commitWithin(store, {
        fence,
        changes: [
          {
            ns: 'settings',
            key: 'fan-out',
            expect: document?.v ?? 0,
            next: {
              schema: 1,
              upTo: Object.fromEntries([...progress].slice(-mostRemembered)),
            },
          },
        ],
        audit: [],
        outbox: next.map(({ notice }) => asJson(notice)),
      });
    }
  };
}

/** The last key that was committed, by entry. */
function progressIn(document: StoredDocument | null): Map<string, string> {
  const upTo = document?.upTo;
  const isRecord = typeof upTo === 'object' && upTo !== null && !Array.isArray(upTo);
  return new Map(
    Object.entries(isRecord ? upTo : {}).flatMap(([name, key]) =>
      typeof key === 'string' ? [[name, key] as const] : [],
    ),
  );
}
