import type { Forgetting } from '../../health/feedback/Forgetting.js';
import type { LeaderDuty } from '../Duty.js';

/** Removes feedback that is too old, or from a guild that was left, within ten minutes. */
export function forgettingFeedback(forgetting: Pick<Forgetting, 'turn'>): LeaderDuty {
  return { name: 'forget', where: 'leader', everyMs: 600_000, turn: () => forgetting.turn() };
}
