import type { Fence } from '../../state/Store.js';
import type { LeaderDuty } from '../Duty.js';

/** Runs the steps of rollbacks and brings gradual ones down: at once after any commit, and when the next batch or look is due. */
export function rollingBack(rollbacks: {
  turn(fence: Fence): Promise<number>;
  rest(): Promise<void>;
}): LeaderDuty {
  return {
    name: 'roll back',
    where: 'leader',
    everyMs: 30_000,
    wokenByCommits: true,
    turn: (fence) => rollbacks.turn(fence),
    rest: () => rollbacks.rest(),
  };
}
