import type { Fence } from '../../state/Store.js';
import type { LeaderDuty } from '../Duty.js';

/** Judges what is under way: every 30 s, sooner where domain time runs faster, and at once where something was asked for. */
export function judging(rollouts: { turn(fence: Fence): Promise<number> }): LeaderDuty {
  return { name: 'judge', where: 'leader', everyMs: 30_000, turn: (fence) => rollouts.turn(fence) };
}
