import type { SmokeRuns } from '../../smoke/runs/SmokeRuns.js';
import type { LeaderDuty } from '../Duty.js';

/** Runs smoke tests on schedule, and notices runs whose process was gone before their end. */
export function smokeTesting(runs: Pick<SmokeRuns, 'turn' | 'rest'>): LeaderDuty {
  return {
    name: 'smoke',
    where: 'leader',
    everyMs: 10_000,
    turn: (fence) => runs.turn(fence),
    rest: () => runs.rest(),
  };
}
