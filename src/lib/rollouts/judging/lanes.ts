/** Several of many at a time: while one waits for the store, others are looked at. */
import { setImmediate } from 'node:timers/promises';

/**
 * Ends when all that was begun has ended, so that nothing is still being written afterwards. After a failure nothing new is begun.
 *
 * @param most how many at a time
 * @throws the first failure
 */
export async function inLanes(
  items: readonly string[],
  most: number,
  work: (item: string) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  let pause = Promise.resolve();
  const lane = async (): Promise<void> => {
    while (waiting.length > 0) {
      // Members' commands want to be answered in between: the event loop goes round once for each, not once for all lanes.
      await (pause = pause.then(() => setImmediate()));
      const item = waiting.shift();
      if (item !== undefined) await work(item);
    }
  };
  const failures: unknown[] = [];
  const lanes = Array.from({ length: Math.min(most, items.length) }, () =>
    lane().catch((failure: unknown) => {
      waiting.length = 0;
      failures.push(failure);
    }),
  );
  await Promise.all(lanes);
  if (failures.length > 0) throw failures[0];
}
