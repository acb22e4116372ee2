/** Finds out what became of a commit that went unanswered. Never says "refused" of something that may still land. */
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../core/Clock.js';
import { Unavailable } from '../errors.js';
import type { CommitReceipt, Store } from '../Store.js';
import type { Sent } from './Sent.js';

export interface Patience {
  readonly realTime: Clock;
  /** Resolves after so many ms of real time, or as soon as the signal is given. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

export type Fate =
  | { readonly fate: 'landed'; readonly receipt: CommitReceipt }
  | { readonly fate: 'never' }
  /** The store stayed away for longer than anybody can be answered. */
  | { readonly fate: 'unknown' };

/** Discord lets an answer be edited for 15 minutes. */
const longestMs = 14 * 60_000;
const firstWaitMs = 50;
const longestWaitMs = 2_000;

export async function settle(
  store: Pick<Store, 'time' | 'outcome'>,
  { op, notAfter }: Sent,
  { realTime, wait, signal }: Patience,
): Promise<Fate> {
  const until = realTime.now() + longestMs;
  for (
    let waitMs = firstWaitMs;
    !signal.aborted && realTime.now() < until;
    waitMs = Math.min(2 * waitMs, longestWaitMs)
  ) {
    try {
      // The clock is read first: nothing can land between it and the look at the outcome once the deadline is past.
      const time = await store.time();
      const receipt = await store.outcome(op);
      if (receipt !== undefined) return { fate: 'landed', receipt };
      if (time > notAfter) return { fate: 'never' };
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
    await wait(waitMs, signal);
  }
  return { fate: 'unknown' };
}

export async function waitInRealTime(ms: number, signal: AbortSignal): Promise<void> {
  // An abort only ends the wait: whoever waits looks at the signal itself.
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}
