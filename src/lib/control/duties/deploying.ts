import type { Fence } from '../../state/Store.js';
import type { LeaderDuty } from '../Duty.js';

/** Tries deployments out and watches them: at once after any commit, and when the monitor's next look is due. */
export function deploying(deployments: {
  turn(fence: Fence): Promise<number>;
  rest(): Promise<void>;
}): LeaderDuty {
  return {
    name: 'deploy',
    where: 'leader',
    everyMs: 30_000,
    wokenByCommits: true,
    turn: (fence) => deployments.turn(fence),
    rest: () => deployments.rest(),
  };
}
