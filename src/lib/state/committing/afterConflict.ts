import type { RandomBytes } from '../../core/ids.js';
import { Conflict } from '../errors.js';

export interface AfterConflict {
  readonly random: RandomBytes;
  /** Waits in real time; ends early when the signal is given. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

export const attempts = 8;

/** The longest pause, ms: past this it is patience that helps, and not distance. */
const longestMs = 80;

/** Jitter, so that those who met at a document do not meet again. */
export async function stepAside(attempt: number, { random, wait, signal }: AfterConflict): Promise<void> {
  await wait(((random(1)[0] ?? 0) / 255) * Math.min(longestMs, 10 * attempt), signal);
}

/**
 * Before the next attempt.
 *
 * @param most after so many attempts it is given up
 * @throws what is no conflict, and the last of them
 */
export async function afterConflict(
  error: unknown,
  attempt: number,
  options: AfterConflict,
  most = attempts,
): Promise<void> {
  if (!(error instanceof Conflict) || attempt >= most) throw error;
  await stepAside(attempt, options);
}
