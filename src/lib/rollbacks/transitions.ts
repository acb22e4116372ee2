/** Which state may follow which. What is not in the table cannot happen. */
import type { RollbackState } from './documents.js';

const table: Readonly<Record<RollbackState, readonly RollbackState[]>> = {
  running: ['paused', 'returning', 'proving'],
  // Gradual ones only: gone on with, made immediate (which runs), or taken back.
  paused: ['running', 'returning'],
  // Made immediate after all, which runs.
  returning: ['running', 'cancelled'],
  proving: ['completed'],
  completed: [],
  cancelled: [],
};

export function mayFollow(state: RollbackState, next: RollbackState): boolean {
  return state === next || table[state].includes(next);
}

/** Ended. A completed one may still be looking for its proof. */
export function isOver(state: RollbackState): boolean {
  return table[state].length === 0;
}

/** Nothing at all is left to do. */
export function isDone({
  state,
  proof,
}: {
  readonly state: RollbackState;
  readonly proof: { readonly isFinal: boolean } | null;
}): boolean {
  return state === 'cancelled' || (state === 'completed' && proof?.isFinal === true);
}

/** All of it was done, and the proof passed: nobody has to be called for it again. */
export function isProvenGood({
  state,
  steps,
  proof,
}: {
  readonly state: RollbackState;
  readonly steps: readonly { readonly state: string }[];
  readonly proof: { readonly verdict: string } | null;
}): boolean {
  return (
    state === 'completed' && proof?.verdict === 'proven' && steps.every((step) => step.state !== 'failed')
  );
}
