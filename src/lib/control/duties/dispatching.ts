import type { Dispatcher } from '../../alerts/dispatch/Dispatcher.js';
import type { LeaderDuty } from '../Duty.js';

/** Brings the outbox to Discord. Woken by every commit, so that a notice appears milliseconds after its change. */
export function dispatching(dispatcher: Dispatcher): LeaderDuty {
  return {
    name: 'dispatch',
    where: 'leader',
    everyMs: 1_000,
    wokenByCommits: true,
    turn: (fence) => dispatcher.turn(fence),
    rest: () => dispatcher.rest(),
    // Entries on their way may bear the numbers of others now.
    reloaded: (_state, cause) => {
      if (cause === 'lineage' || cause === 'restored') dispatcher.forget();
    },
  };
}
