/** Which state may follow which. What is not in the table cannot happen. */
import type { RolloutState } from './documents.js';

const table: Readonly<Record<RolloutState, readonly RolloutState[]>> = {
  // What guilds usually do is being frozen; nothing is served yet.
  draft: ['waiting', 'running', 'cancelled'],
  // For its time to start, for an approval, or for a freeze to end: before its first step, or between two.
  waiting: ['running', 'holding', 'paused', 'rolling-back', 'completed', 'cancelled'],
  running: ['waiting', 'holding', 'paused', 'rolling-back', 'completed', 'cancelled'],
  holding: ['waiting', 'running', 'paused', 'rolling-back', 'completed', 'cancelled'],
  paused: ['running', 'rolling-back', 'cancelled'],
  // It is off already; what is left is to let go of the flag.
  'rolling-back': ['rolled-back'],
  completed: [],
  'rolled-back': [],
  cancelled: [],
};

export function mayFollow(state: RolloutState, next: RolloutState): boolean {
  return state === next || table[state].includes(next);
}

/** Ended: nothing more will happen. */
export function isOver(state: RolloutState): boolean {
  return table[state].length === 0;
}

/** It has a step that guilds are served, and is judged. */
export function isJudged({ state, served }: { state: RolloutState; served: unknown }): boolean {
  return served !== null && !isOver(state) && state !== 'rolling-back';
}
