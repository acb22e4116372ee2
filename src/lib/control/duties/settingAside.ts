import type { Damage } from '../../recovery/damage/Damage.js';
import type { LeaderDuty } from '../Duty.js';

/** Tells staff of damaged documents, once each, and sets aside those that nothing hangs on. */
export function settingAside(damage: Pick<Damage, 'turn' | 'reloaded'>): LeaderDuty {
  return {
    name: 'damage',
    where: 'leader',
    everyMs: 5_000,
    wokenByCommits: true,
    reloaded: (state) => {
      damage.reloaded(state);
    },
    turn: (fence) => damage.turn(fence),
  };
}
