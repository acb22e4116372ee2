import { liveKey } from '../../alerts/live/liveDocument.js';
import { LiveMessages, type LiveMessagesOptions } from '../../alerts/live/LiveMessages.js';
import type { Store } from '../../state/Store.js';
import { commitWithin } from '../commitWithin.js';
import type { LeaderDuty } from '../Duty.js';

export type ShowingOptions<Content> = Omit<LiveMessagesOptions<Content>, 'store' | 'commit'> & {
  readonly store: Pick<Store, 'commit' | 'getMany' | 'time'>;
};

/** Turns that follow each other faster than this find nothing that may be written yet, ms. */
const atMostEveryMs = 1_000;

/** Keeps the cards that stand in the staff's channel up to date; soon after any commit, and once in a while. */
export function showing<Content>(options: ShowingOptions<Content>): LeaderDuty {
  const { store, clock } = options;
  const messages = new LiveMessages({
    ...options,
    commit: (fence, expect, next) =>
      commitWithin(store, {
        fence,
        changes: [{ ns: 'settings', key: liveKey, expect, next }],
        audit: [],
        outbox: [],
      }),
  });
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    name: 'show',
    where: 'leader',
    everyMs: 5_000,
    wokenByCommits: true,
    turn: async (fence) => {
      const now = clock.now();
      const waitMs = lastAt + atMostEveryMs - now;
      if (waitMs > 0 && waitMs <= atMostEveryMs) return waitMs;
      lastAt = now;
      const nextMs = await messages.turn(fence);
      return nextMs === undefined ? undefined : Math.max(atMostEveryMs, nextMs);
    },
    reloaded: (_state, cause) => {
      if (cause === 'lineage' || cause === 'restored') messages.forget();
    },
  };
}
