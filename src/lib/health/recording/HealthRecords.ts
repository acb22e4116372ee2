/** What was measured, as the judge reads it. */
import type { ProbeResult } from '../judging/hardLimits/probes.js';
import type { Histogram } from '../judging/latencyBuckets.js';
import type { LatencyCut } from '../judging/latencyCuts.js';
import type { UnitCounts } from '../judging/units.js';

/** Of one guild in one unit, whatever flags its runs met. */
export interface BaseCounts {
  readonly guild: string;
  readonly runs: number;
  readonly failures: number;
  /** Coarse histogram. */
  readonly durations: Histogram;
}

/** What one process says of itself; written with every flush, also where nothing ran. */
export interface ProcessReport {
  readonly process: string;
  /** Real time of its last flush, ms since epoch. */
  readonly at: number;
  /** Resident bytes about once a minute over the last 5 hours, real time, oldest first. */
  readonly memory: readonly { readonly at: number; readonly bytes: number }[];
  /** 99th percentile since the flush before, ms. */
  readonly eventLoopDelayMs: number;
  readonly gatewayPingMs: number | null;
  /** The last answers of each probe, oldest first, real time. */
  readonly probes: Readonly<Record<string, readonly ProbeResult[]>>;
}

/** What guilds usually do, frozen when a rollout starts. */
export interface Baseline {
  /** Domain time, ms since epoch. */
  readonly frozenAt: number;
  /** Units that were looked at: all of the 7 days before. */
  readonly units: number;
  /** Empty where nothing was measured yet: latency cannot be judged then. */
  readonly cuts: readonly LatencyCut[];
  /** Expected outcome of a guild's unit; the prior where the guild has no history. */
  errorOffset(guild: string): number;
  /** The same for one of {@link cuts}, by its index. */
  latencyOffset(guild: string, cut: number): number;
  /** What the guild runs on a usual day. */
  dailyRuns(guild: string): number;
}

/** A unit is 15 minutes of domain time: its number is floor(ms since epoch / 900,000). */
export interface HealthRecords {
  /** One row a guild, arm and `isRandomised`, merged over all processes; rows that come after the unit's end by a flush included. */
  units(rolloutId: string, unit: number): Promise<readonly UnitCounts[]>;
  /** The same over what was flushed since a domain time (exact to a flush). */
  recent(rolloutId: string, sinceMs: number): Promise<readonly UnitCounts[]>;
  /** All active guilds, unit by unit; units without any are left out. Both ends included. */
  baseUnits(
    fromUnit: number,
    toUnit: number,
  ): Promise<readonly { readonly unit: number; readonly guilds: readonly BaseCounts[] }[]>;
  processes(): Promise<readonly ProcessReport[]>;
  /** Real time of the newest flush of any process, also an empty one, ms since epoch; null = never. */
  lastFlushAt(): Promise<number | null>;
  /** Freezes what the 7 days before `now` (domain time) say, and keeps it by the rollout's id. The same again is answered as the first time. */
  freeze(rolloutId: string, now: number): Promise<Baseline>;
  baseline(rolloutId: string): Promise<Baseline | undefined>;
}
