import type { Fence, OutboxEntry } from '../../state/Store.js';
import type { Notice } from '../Card.js';

/** Remembers what on-call is called for; told of every notice before it is sent. */
export interface Noting {
  noted(entry: OutboxEntry, notice: Notice, fence: Fence): Promise<void>;
  ended(troubles: readonly string[], fence: Fence): Promise<void>;
}

/** Of most notices there is nothing to remember. Throws what the store throws. */
export async function note(
  urgents: Noting | undefined,
  entry: OutboxEntry,
  notice: Notice,
  fence: Fence,
): Promise<void> {
  const { pingOnCall, over = [] } = notice;
  if (pingOnCall === true) await urgents?.noted(entry, notice, fence);
  if (over.length > 0) await urgents?.ended(over, fence);
}
