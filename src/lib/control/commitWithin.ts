import type { Commit, CommitReceipt, Store } from '../state/Store.js';

/** How long a commit of the control loop may be under way, ms of the store's time. */
const withinMs = 1_500;

/** Commits with a deadline soon after the store's now: whatever becomes of it is settled before the duty's next turn looks. */
export async function commitWithin(
  store: Pick<Store, 'commit' | 'time'>,
  commit: Omit<Commit, 'notAfter'>,
): Promise<CommitReceipt> {
  return store.commit({ ...commit, notAfter: (await store.time()) + withinMs });
}
