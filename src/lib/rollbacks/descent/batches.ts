/** In what steps a gradual rollback comes down. Pure. */

/** Domain time between two batches, ms. */
export const betweenBatchesMs = 30_000;

const smallestBatch = 100;
const mostBatches = 50;

/** Above every position: it is off for no guild yet, but for calls without one. */
export const aboveAll = 2 ** 32;

/** @param affected guilds that had it on. @returns guilds a batch: a hundred, or as many as end within 25 minutes */
export function batchSizeFor(affected: number): number {
  return Math.max(smallestBatch, Math.ceil(affected / mostBatches));
}

/** How many batches there are in all; one where nobody is affected, which kills. */
export function batchCount({
  affected,
  batchSize,
}: {
  readonly affected: number;
  readonly batchSize: number;
}): number {
  return Math.max(1, Math.ceil(affected / batchSize));
}

/** From the first batch to the last, minutes. */
export function minutesFor(batches: number): number {
  return ((batches - 1) * betweenBatchesMs) / 60_000;
}
