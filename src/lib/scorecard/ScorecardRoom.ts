/** The scorecard as the rest of the house sees it, on `container.rollouts.scorecard`; `Scorecard` fills it. */
import type { Actor } from '../flags/changes.js';
import type { Figure } from './Figure.js';

/** A daily value for the chart; null = not measured. */
export type DailyPoint = readonly [day: number, value: number | null];

/** What one figure was on each day, oldest first. */
export interface Daily {
  readonly points: readonly DailyPoint[];
  /** The same of the baseline; null = not known. */
  readonly usual: number | null;
}

export interface ScorecardReport {
  /** Domain time, ms since epoch. */
  readonly at: number;
  readonly figures: readonly Figure[];
  readonly engineering: readonly Figure[];
  /** The days that everything is compared with; null = none yet. */
  readonly baseline: { readonly from: number; readonly to: number; readonly setBy: string } | null;
  /** The newest gaps in the heartbeat, newest first; domain time, ms. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  /** The last 30 whole days, or those since the first that was measured. Shares as fractions, times in ms, memory in MiB. */
  readonly daily: {
    readonly errors: Daily;
    readonly responseTimes: Daily;
    readonly memory: Daily;
    readonly store: Daily;
  };
}

export interface ScorecardRoom {
  /** Throws Unavailable. */
  report(): Promise<ScorecardReport>;
  /** Compares everything with the last seven whole days from now on. Throws NoDaysYet. */
  setBaseline(by: Actor): Promise<ScorecardReport>;
  /**
   * Takes in what CI pushed: the JSON body of `npx rollouts metrics push`, its signature already checked. Answers in a
   * sentence what was taken in. Throws BadMetrics.
   *
   * @param delivery operation id of the commit: the same again within an hour changes nothing
   */
  takeMetrics(body: unknown, delivery?: string): Promise<string>;
}
