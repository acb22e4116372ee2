/** For writers that meet on one document: read, decide, commit; and again where someone else was first. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Conflict } from '../errors.js';
import type { Commit, CommitReceipt, Store } from '../Store.js';

export interface RetryOptions {
  /** @default 50 */
  readonly attempts?: number;
  /** The first pause is up to this, ms; each further one up to twice as long, at most 32 times. @default 2 */
  readonly pauseMs?: number;
  /** 0 ≤ x < 1; injected where a test needs the same pauses every time. */
  readonly random?: () => number;
}

/**
 * `plan` reads what it needs and answers the commit, under a new operation id each time it is asked. The pauses are
 * jittered: without that, writers that collided once collide again.
 *
 * @throws {Conflict} after the last attempt; every other error at once.
 */
export async function commitWithRetry(
  store: Pick<Store, 'commit'>,
  plan: (attempt: number) => Commit | Promise<Commit>,
  { attempts = 50, pauseMs = 2, random = Math.random }: RetryOptions = {},
): Promise<CommitReceipt> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.commit(await plan(attempt));
    } catch (error) {
      if (!(error instanceof Conflict) || attempt >= attempts) throw error;
      await sleep(random() * pauseMs * 2 ** Math.min(attempt - 1, 5));
    }
  }
}
