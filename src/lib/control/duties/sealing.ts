import type { AuditTrail } from '../../state/Store.js';
import type { LeaderDuty } from '../Duty.js';

/** Seals the audit: an entry can be changed unnoticed for these few seconds only. */
export function sealing(audit: Pick<AuditTrail, 'seal'>): LeaderDuty {
  return {
    name: 'seal',
    where: 'leader',
    everyMs: 3_000,
    turn: async (fence) => {
      await audit.seal(fence);
    },
  };
}
