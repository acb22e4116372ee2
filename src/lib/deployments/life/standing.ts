/** Where a deployment stands, as part of a sentence. */
import type { DeploymentDocument, DeploymentState } from '../documents.js';

const words: Readonly<Record<DeploymentState, string>> = {
  announced: 'is announced for',
  deploying: 'is being deployed to',
  testing: 'is being tried out in',
  watching: 'is being watched in',
  succeeded: 'is deployed to',
  failed: 'failed in',
  'rolled-back': 'is rolled back in',
  superseded: 'gave way to another version in',
};

/** `1.4.0 is being deployed to production` */
export const standing = ({
  version,
  state,
  environment,
}: Pick<DeploymentDocument, 'version' | 'state' | 'environment'>): string =>
  `${version} ${words[state]} ${environment}`;
