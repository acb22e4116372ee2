import { Unavailable } from '../../state/errors.js';
import type { LocalDuty } from '../Duty.js';

/** Creates the flags that the bot's code declares, as soon as the store can be reached. */
export function declaring(declare: () => Promise<void>): LocalDuty {
  let isDone = false;
  return {
    name: 'declare',
    where: 'everywhere',
    everyMs: 10_000,
    turn: async () => {
      if (isDone) return;
      try {
        await declare();
        isDone = true;
      } catch (error) {
        // The store is away: its own warning says so; the next turn tries again.
        if (!(error instanceof Unavailable)) throw error;
      }
    },
  };
}
