import type { RandomBytes } from '../../core/ids.js';
import { Conflict } from '../../state/errors.js';

export interface AfterConflict {
  readonly random: RandomBytes;
  /** Waits in real time; ends early when the signal is given. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

export const attempts = 8;

/** Jitter, so that those who met at a document do not meet again. @throws what is no conflict, and the last of them */
export async function afterConflict(
  error: unknown,
  attempt: number,
  { random, wait, signal }: AfterConflict,
): Promise<void> {
  if (!(error instanceof Conflict) || attempt >= attempts) throw error;
  await wait(((random(1)[0] ?? 0) / 255) * 10 * attempt, signal);
}
