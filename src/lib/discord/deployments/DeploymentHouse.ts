import type { House } from '../House.js';

/** What drawing a deployment needs. */
export type DeploymentHouse = Pick<
  House,
  'deployments' | 'domainTime' | 'realTime' | 'flags' | 'logger' | 'overrides'
>;
