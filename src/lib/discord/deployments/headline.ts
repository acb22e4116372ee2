/** Where a deployment stands, in a few words and a colour. */
import type { Tone } from '../../alerts/Card.js';
import { failedSmoke } from '../../alerts/wording/deploymentFacts.js';
import type { DeploymentDocument, DeploymentState } from '../../deployments/documents.js';

const words: Readonly<Record<DeploymentState, string>> = {
  announced: 'is announced; nothing is deployed yet',
  deploying: 'is being deployed',
  testing: 'is deployed; smoke tests run',
  watching: 'is deployed, and is being watched',
  succeeded: 'is complete',
  failed: 'failed',
  'rolled-back': 'is rolled back',
  superseded: 'gave way to another version',
};

export const headlineOf = ({ state }: Pick<DeploymentDocument, 'state'>): string => words[state];

export function toneOf(deployment: DeploymentDocument): Tone {
  const { state, gate, monitor } = deployment;
  if (state === 'failed') return 'bad';
  if (state === 'rolled-back') return 'warn';
  if (state === 'superseded') return 'info';
  const isBad =
    gate?.verdict === 'failed' || failedSmoke(deployment).length > 0 || (monitor?.breaches.length ?? 0) > 0;
  if (isBad) return 'warn';
  return state === 'succeeded' ? 'good' : 'info';
}
