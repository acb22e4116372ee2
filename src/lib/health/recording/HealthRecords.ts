/** What was measured, as the judge reads it. Filled by `LedgerRecords`, and by hand in tests. */
import type { Histogram } from '../judging/latencyBuckets.js';
import type { LatencyCut } from '../judging/latencyCuts.js';
import type { UnitTable } from './columns/UnitTable.js';
import type { ProcessReport } from './ProcessReport.js';

/** Of one guild in one unit, whatever flags its runs met. */
export interface BaseCounts {
  readonly guild: string;
  readonly runs: number;
  readonly failures: number;
  /** Coarse histogram. */
  readonly durations: Histogram;
}

/** All active guilds of one unit. */
export interface BaseUnit {
  readonly unit: number;
  readonly guilds: readonly BaseCounts[];
}

/** What guilds usually do, frozen when a rollout starts: the same for both arms and for the rollout's whole life. */
export interface Baseline {
  /** Domain time, ms since epoch. */
  readonly frozenAt: number;
  /** Units of the 7 days before in which anything was measured; at most 672. */
  readonly units: number;
  /** Empty where nothing was measured yet: latency cannot be judged then. */
  readonly cuts: readonly LatencyCut[];
  /** Where the guild stands in it, for the questions below; -1 where it has no history. Never changes. */
  rowOf(guild: string): number;
  /** Expected outcome of a guild's unit; the prior where the guild has no history. */
  errorOffset(row: number): number;
  /** The same for one of {@link cuts}, by its index. */
  latencyOffset(row: number, cut: number): number;
  /** What the guild runs on a usual day. */
  dailyRuns(row: number): number;
}

/**
 * A unit is 15 minutes of domain time: its number is floor(ms since epoch / 900,000). Every method throws Unavailable where
 * the store is away: no data is never "nothing happened".
 */
export interface HealthRecords {
  /**
   * One row a guild, arm and `isRandomised`, merged over all processes; rows that come after the unit's end by a flush
   * included. A row of no runs: the guild met the flag and was refused, so that there is nothing to judge.
   */
  units(rolloutId: string, unit: number): Promise<UnitTable>;
  /**
   * The same rows over what was flushed since a domain time (a flush that reaches over it is taken whole). The span is
   * counted back from what the slowest process has flushed: with domain time sped up, the last minutes are not there yet.
   *
   * @param settledUntil as {@link settledUntil} answers, where it was just asked
   */
  recent(rolloutId: string, sinceMs: number, settledUntil?: number | null): Promise<UnitTable>;
  /** All active guilds, unit by unit; units without any are left out. Both ends included. Kept for 8 days. */
  baseUnits(fromUnit: number, toUnit: number): Promise<readonly BaseUnit[]>;
  /** Of the processes that reported within the last 90 s of real time. */
  processes(): Promise<readonly ProcessReport[]>;
  /** The newest flush of any process, also an empty one: the store's own (real) time, as `Store.time()`; null = never. */
  lastFlushAt(): Promise<number | null>;
  /**
   * Domain time (ms since epoch) up to which everything that living processes measured can be read: units that end by then
   * are whole. null = no process lives.
   */
  settledUntil(): Promise<number | null>;
  /** Freezes what the 7 days before `now` (domain time) say, and keeps it by the rollout's id. The same again is answered as the first time. */
  freeze(rolloutId: string, now: number): Promise<Baseline>;
  /** undefined where none was frozen, or it was forgotten. */
  baseline(rolloutId: string): Promise<Baseline | undefined>;
  /** The rollout is over: nobody will ask for its baseline again. */
  forgetBaseline(rolloutId: string): Promise<void>;
}

/** What was measured a moment ago, finer than a unit. */
export interface RecentBase {
  /**
   * All active guilds over the flushes that ended after `fromMs` and up to `toMs`, domain time: spans that follow each other
   * count every flush once. Of the last half hour only; what is older was folded to whole units. Throws Unavailable.
   */
  baseBetween(fromMs: number, toMs: number): Promise<readonly BaseCounts[]>;
}

/** What all guilds did in one unit together. */
export interface BaseSums {
  readonly unit: number;
  readonly runs: number;
  readonly failures: number;
  /** Coarse histogram. */
  readonly durations: Histogram;
}

/** The same week without anybody's name: summed where it lies, so that ten thousand guilds are not made into objects first. */
export interface SummedBase {
  /** Unit by unit; units without any run are left out. Both ends included. Between two units others have their turn. Throws Unavailable. */
  baseSums(fromUnit: number, toUnit: number): Promise<readonly BaseSums[]>;
}
