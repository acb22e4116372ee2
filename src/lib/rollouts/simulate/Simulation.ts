/** What trying a plan out beforehand says: plain data, with the sentences already made. */
import type { GuardAction } from '../plans/Plan.js';

/** Where the traffic comes from that the plan was tried on. */
export type TrafficBasis =
  | { readonly from: 'recorded'; readonly days: number; readonly guilds: number; readonly runsPerDay: number }
  /** Built-in model of guilds: invented, and said so. */
  | { readonly from: 'model'; readonly why: string; readonly guilds: number; readonly runsPerDay: number };

/** What the plan did where nothing was wrong. */
export interface HarmlessOutcome {
  readonly runs: number;
  /** Shares of the runs, 0…1. */
  readonly rolledBack: number;
  readonly paused: number;
  /** Share of the runs in which this guard alarmed first; by `errors@1.2`. */
  readonly byGuard: Readonly<Record<string, number>>;
  /** Median of the smallest rise of errors that the whole plan excluded at its end; null = none below 20. */
  readonly couldHaveMissed: number | null;
}

/** What the plan did where the feature did harm from its first guild on. */
export interface HarmfulOutcome {
  readonly metric: 'errors' | 'latency';
  /** Errors: so many times as many of a guild's 15-minute units have one. Latency: commands take so many times as long. */
  readonly factor: number;
  readonly runs: number;
  /** Share of the runs in which it was found at all, 0…1. */
  readonly found: number;
  /** Of the runs in which it was found, the share that paused instead of rolling back. */
  readonly foundByPause: number;
  /** Domain hours from the first compared phase's beginning to detection; null where it was never found. */
  readonly hours: { readonly median: number; readonly p90: number } | null;
  readonly phases: readonly {
    readonly name: string;
    /** Share of the runs in which it was found in this phase. */
    readonly foundHere: number;
    /** Mean number of guilds that saw harm in this phase (an error, or a unit of slow commands); 0 once it is found. */
    readonly guildsHarmed: number;
  }[];
}

/** What one step of the plan can see. */
export interface PhaseReach {
  readonly name: string;
  readonly servedBasisPoints: number;
  readonly durationMs: number;
  /** False where nothing is served but hand-picked targets. */
  readonly isCompared: boolean;
  /** Guilds with the feature on a usual day of this phase. */
  readonly activeGuilds: number;
  /** Share of harmless runs in which the phase had to be held past its time for want of exposure. */
  readonly held: number;
  /** Smallest rise of errors that this phase by itself finds more often than not, 1.05 … 20; null = none. */
  readonly finds: number | null;
}

export interface Simulation {
  readonly plan: string;
  readonly seed: number;
  readonly basis: TrafficBasis;
  readonly harmless: HarmlessOutcome;
  readonly harms: readonly HarmfulOutcome[];
  readonly phases: readonly PhaseReach[];
  /** Guards that cannot be tried out, with why. */
  readonly untried: readonly { readonly guard: string; readonly action: GuardAction; readonly why: string }[];
  /** The same in plain words, most important first. */
  readonly sentences: readonly string[];
  /** What would make the plan see more, or disturb less; empty = nothing to improve. */
  readonly advice: readonly string[];
}
