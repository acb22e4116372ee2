/** Which state of a deployment may follow which. What is not in the table cannot happen. */
import type { DeploymentState } from '../documents.js';

const table: Readonly<Record<DeploymentState, readonly DeploymentState[]>> = {
  // Its end may be heard of before its beginning; another version that is announced takes its place.
  announced: ['deploying', 'testing', 'failed', 'superseded'],
  deploying: ['testing', 'failed', 'rolled-back'],
  testing: ['watching', 'failed', 'rolled-back'],
  // A correction must not wait for the end of the hour.
  watching: ['succeeded', 'failed', 'rolled-back', 'superseded'],
  succeeded: [],
  failed: [],
  'rolled-back': [],
  superseded: [],
};

export function mayFollow(state: DeploymentState, next: DeploymentState): boolean {
  return state === next || table[state].includes(next);
}

/** Ended: nothing more will happen. */
export function isOver(state: DeploymentState): boolean {
  return table[state].length === 0;
}

/** Another version's beginning ends it, instead of being refused. */
export function givesWay(state: DeploymentState): boolean {
  return table[state].includes('superseded');
}
