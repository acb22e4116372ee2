import { liveKey } from '../../alerts/live/liveDocument.js';
import { LiveMessages, type LiveMessagesOptions } from '../../alerts/live/LiveMessages.js';
import type { Store } from '../../state/Store.js';
import { commitWithin } from '../commitWithin.js';
import type { LeaderDuty } from '../Duty.js';

export type ShowingOptions<Content> = Omit<LiveMessagesOptions<Content>, 'store' | 'commit'> & {
  readonly store: Pick<Store, 'commit' | 'getMany' | 'time'>;
};

/** Between two turns, ms: people see a new card at once where there is little to look through, and much takes a tenth of the time. */
const rest = { least: 150, most: 1_000, ofTurn: 9 } as const;

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
  let [endedAt, restMs] = [Number.NEGATIVE_INFINITY, 0];
  return {
    name: 'show',
    where: 'leader',
    everyMs: 5_000,
    wokenByCommits: true,
    turn: async (fence) => {
      const begunAt = clock.now();
      const waitMs = endedAt + restMs - begunAt;
      if (waitMs > 0 && waitMs <= restMs) return waitMs;
      try {
        const nextMs = await messages.turn(fence);
        return nextMs === undefined ? undefined : Math.max(rest.least, nextMs);
      } finally {
        endedAt = clock.now();
        restMs = Math.min(rest.most, Math.max(rest.least, (endedAt - begunAt) * rest.ofTurn));
      }
    },
    reloaded: (_state, cause) => {
      if (cause === 'lineage' || cause === 'restored') messages.forget();
    },
  };
}
