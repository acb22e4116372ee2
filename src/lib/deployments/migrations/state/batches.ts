import type { Move } from './plan.js';

/** Well under what a commit may hold, and soon over for whoever waits behind it. */
const most = { documents: 100, bytes: 1024 * 1024 };

/** Moves that go into one commit each. */
export function batchesOf(moves: readonly Move[]): readonly (readonly Move[])[] {
  const batches: Move[][] = [];
  let bytes = Infinity;
  for (const move of moves) {
    const size = Buffer.byteLength(JSON.stringify(move.next));
    const last = batches.at(-1);
    if (last === undefined || last.length >= most.documents || bytes + size > most.bytes) {
      batches.push([move]);
      bytes = size;
    } else {
      last.push(move);
      bytes += size;
    }
  }
  return batches;
}
