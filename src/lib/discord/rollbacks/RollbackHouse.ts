import type { House } from '../House.js';

/** What drawing a rollback needs. */
export type RollbackHouse = Pick<House, 'rollbacks' | 'domainTime' | 'realTime' | 'flags' | 'overrides'>;
