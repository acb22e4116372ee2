/** Gives a call a deadline in real time. */
import { Unavailable } from './errors.js';

/** Default for every call to a store: a person must be answered within 2 s. */
export const defaultDeadlineMs = 1500;

/**
 * Settles as `work` does, or rejects with Unavailable after `ms`. `work` itself goes on; what it does later is ignored.
 *
 * @param outcome what is known of a call that did not answer: reads have `none`, writes may still land.
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, outcome: 'none' | 'unknown'): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Unavailable('The store did not answer in time.', outcome, { context: { deadlineMs: ms } }));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
