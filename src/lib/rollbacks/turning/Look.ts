import type { Fence } from '../../state/Store.js';
import type { RollbackDocument } from '../documents.js';

/** One look at one rollback by the lease holder. */
export interface Look {
  readonly document: RollbackDocument;
  readonly fence: Fence;
}

/** In how many ms of real time to look again; 0 = there is more to do at once. */
export type Again = number;

/** Who acts where no person does. */
export const keeper = { id: 'system:rollbacks', name: 'the bot' } as const;
