import type { LiveMessages } from '../../alerts/live/LiveMessages.js';
import type { LeaderDuty } from '../Duty.js';

/** Turns that follow each other faster than this find nothing that may be written yet, ms. */
const atMostEveryMs = 1_000;

/** Keeps the cards that stand in the staff's channel up to date; soon after any commit, and once in a while. */
export function showing(
  messages: Pick<LiveMessages<unknown>, 'turn' | 'forget'>,
  clock: { now(): number },
): LeaderDuty {
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
      await messages.turn(fence);
      return undefined;
    },
    reloaded: (_state, cause) => {
      if (cause === 'lineage' || cause === 'restored') messages.forget();
    },
  };
}
