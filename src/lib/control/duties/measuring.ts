import type { Clock } from '../../core/Clock.js';
import { unitMs } from '../../health/judging/units.js';
import type { LeaderDuty, LocalDuty } from '../Duty.js';

/** Sped up to the utmost, the store is still written to no more often. */
const oftenestMs = 500;

/**
 * Brings this process's measurements into the store: what a process loses by dying is at most this long ago. Where domain
 * time is sped up, a flush comes with every unit, so that the judge sees them one after the other.
 *
 * @param clock domain time
 */
export function flushing(flush: () => Promise<void>, clock: Clock): LocalDuty {
  return {
    name: 'flush-measurements',
    where: 'everywhere',
    everyMs: 5_000,
    turn: async () => {
      await flush();
      return Math.max(oftenestMs, unitMs / (clock.speed ?? 1));
    },
  };
}

/** Folds measurements of units that are over, and forgets old ones. */
export function tidying(tidy: () => Promise<void>): LeaderDuty {
  return { name: 'tidy-measurements', where: 'leader', everyMs: 60_000, turn: tidy };
}
