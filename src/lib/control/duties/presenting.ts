import type { LeaderDuty, LocalDuty } from '../Duty.js';

export interface PresentingOptions {
  readonly releases: {
    turn(): Promise<void>;
    shouldStandBack(): Promise<boolean>;
  };
  /** Leaves leading to others. */
  readonly standBack: () => void;
}

/** Says every 5 s that this process lives, and leaves the lease to the release that answers. */
export function presenting({ releases, standBack }: PresentingOptions): LocalDuty {
  return {
    name: 'present',
    where: 'everywhere',
    everyMs: 5_000,
    turn: async () => {
      await releases.turn();
      if (await releases.shouldStandBack()) standBack();
    },
  };
}

/** Carries handovers on, and sees that somebody answers where the active release is gone. */
export function handingOver(releases: {
  lead(): Promise<number | undefined>;
  leadNoMore(): void;
}): LeaderDuty {
  return {
    name: 'hand-over',
    where: 'leader',
    // A handover's own processes drive it within milliseconds; this is for where they are gone.
    everyMs: 1_000,
    turn: () => releases.lead(),
    rest: async () => releases.leadNoMore(),
  };
}

/** Removes once an hour what processes that died left behind. */
export function tidyingPresence(presence: { tidy(): Promise<void> }): LeaderDuty {
  return { name: 'tidy-presence', where: 'leader', everyMs: 3_600_000, turn: () => presence.tidy() };
}
