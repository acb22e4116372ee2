import type { DeploymentDocument } from '../documents.js';
import { isOver } from './transitions.js';

const keptMs = 400 * 24 * 3_600_000;
const mostKept = 500;
/** In one commit. */
const mostAtOnce = 200;

/**
 * What nobody looks for any more: what ended more than a year ago, and what is beyond the newest 500. The newest of an environment
 * stays, since what follows is named after it. @param all newest first
 */
export function tooOld(all: readonly DeploymentDocument[], now: number): readonly DeploymentDocument[] {
  const seen = new Set<string>();
  return all
    .filter(({ environment, state, created }, index) => {
      const isNewest = !seen.has(environment);
      seen.add(environment);
      return !isNewest && isOver(state) && (index >= mostKept || now - created.at > keptMs);
    })
    .slice(0, mostAtOnce);
}
