import { Forgetting, type ForgettingOptions } from '../../health/feedback/Forgetting.js';
import type { LeaderDuty } from '../Duty.js';

/** Removes feedback that is too old, or from a guild that was left, within ten minutes. */
export function forgettingFeedback(options: ForgettingOptions): LeaderDuty {
  const forgetting = new Forgetting(options);
  return { name: 'forget', where: 'leader', everyMs: 600_000, turn: () => forgetting.turn() };
}
