import type { House } from '../House.js';

/** What drawing a rollout needs. */
export type RolloutHouse = Pick<House, 'rollouts' | 'domainTime' | 'realTime' | 'logger' | 'flags'>;
