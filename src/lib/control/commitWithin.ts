import { newId } from '../core/ids.js';
import type { Commit, CommitReceipt, Store } from '../state/Store.js';

/** How long a commit of the control loop may be under way, ms of the store's time. */
const withinMs = 1_500;

/**
 * Commits with a deadline soon after the store's now. Where the outcome is not known, the duty simply looks again: every
 * commit of ours expects the version of a document that it moves, so that the same thing cannot happen twice.
 */
export async function commitWithin(
  store: Pick<Store, 'commit' | 'time'>,
  commit: Omit<Commit, 'op' | 'notAfter'>,
): Promise<CommitReceipt> {
  return store.commit({ ...commit, op: newId(), notAfter: (await store.time()) + withinMs });
}
