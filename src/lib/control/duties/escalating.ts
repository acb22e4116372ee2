import type { Urgents } from '../../alerts/escalation/Urgents.js';
import type { LeaderDuty } from '../Duty.js';

/** Pings on-call again while nobody is on it. */
export function escalating(urgents: Pick<Urgents, 'turn'>): LeaderDuty {
  return {
    name: 'escalate',
    where: 'leader',
    everyMs: 15_000,
    turn: async (fence) => urgents.turn(fence),
  };
}
