import { within } from './currentRun.js';
import type { Outcome, Run } from './Recording.js';

/** Calls `work` as the run and ends it: `ok` where it returns or resolves, else what `outcomeOf` says of what was thrown. */
export async function measure<T>(
  run: Run,
  work: () => T | PromiseLike<T>,
  outcomeOf: (error: unknown) => Outcome,
): Promise<T> {
  const start = performance.now();
  try {
    // Awaited here and nowhere else: a thenable may begin its work anew at every `then`.
    const result = await within(run, work);
    run.end('ok', performance.now() - start);
    return result;
  } catch (error) {
    run.end(outcomeOf(error), performance.now() - start);
    throw error;
  }
}
