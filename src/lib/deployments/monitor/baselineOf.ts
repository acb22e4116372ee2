import type { DeploymentDocument } from '../documents.js';

/** By which name the guilds' own past is frozen, beside those of rollouts. */
export function baselineOf({ id }: Pick<DeploymentDocument, 'id'>): string {
  return `deployment.${id}`;
}
