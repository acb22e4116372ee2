import { Fenced } from './errors.js';
import type { Fence } from './Store.js';

/** @throws {Fenced} where `newest` is not the fence's token. */
export function refuseStale(fence: Fence, newest: number): void {
  if (newest !== fence.token)
    throw new Fenced('Another process has taken over meanwhile; this one stands back.', {
      next: 'Nothing to do: the other process carries on.',
      context: { ...fence, newest },
    });
}

/** How far a token jumps where the store has forgotten some: no token of the lost history may come again. */
export const tokenJump = 1000;

/** The token of a new holder. `floor` is the highest that the candidate has ever seen; the store fell behind it only by a failover. */
export function nextToken(stored: number, floor: number): number {
  return stored < floor ? floor + tokenJump : stored + 1;
}
