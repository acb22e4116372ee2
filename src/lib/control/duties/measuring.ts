import type { LeaderDuty, LocalDuty } from '../Duty.js';

/** Brings this process's measurements into the store: what a process loses by dying is at most this long ago. */
export function flushing(flush: () => Promise<void>): LocalDuty {
  return { name: 'flush-measurements', where: 'everywhere', everyMs: 5_000, turn: flush };
}

/** Folds measurements of units that are over, and forgets old ones. */
export function tidying(tidy: () => Promise<void>): LeaderDuty {
  return { name: 'tidy-measurements', where: 'leader', everyMs: 60_000, turn: tidy };
}
