/** When a call to Kubernetes is worth another try. */
import { setTimeout as pause } from 'node:timers/promises';
import type { DriverRun } from '../../Driver.js';
import { Conflict, ServerAway } from './errors.js';

const firstPauseMs = 100;
const longestPauseMs = 2_000;
/** Somebody who changes a thing more often than this at the same time is no coincidence. */
const mostConflicts = 8;

/**
 * Tries again while the API server is away, until the run's time is over, and a few times after a conflict: `attempt` reads what
 * it changes anew each time.
 */
export async function patiently<Answer>(
  run: DriverRun,
  attempt: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  let conflicts = 0;
  let last: unknown;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await attempt(run.signal);
    } catch (error) {
      // That it was let go says less than what it was waiting for.
      if (run.signal.aborted) throw last ?? error;
      last = error;
      if (error instanceof Conflict && ++conflicts < mostConflicts) continue;
      if (!(error instanceof ServerAway)) throw error;
      run.progress(`${error.message} Trying again.`);
    }
    // Let go in the pause: the next attempt says so.
    await pause(pauseMs, undefined, { signal: run.signal }).catch(() => undefined);
  }
}
