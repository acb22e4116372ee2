import type { SnapshotKeeper } from '../../recovery/snapshots/SnapshotKeeper.js';
import type { LeaderDuty } from '../Duty.js';

/** Takes the scheduled snapshot when it is due. In domain time, which may be sped up: it looks every half minute. */
export function keepingSnapshots(keeper: Pick<SnapshotKeeper, 'turn'>): LeaderDuty {
  return {
    name: 'snapshot',
    where: 'leader',
    everyMs: 30_000,
    turn: async (fence) => {
      await keeper.turn(fence);
    },
  };
}
