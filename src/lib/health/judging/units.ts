/**
 * From what guilds did in one 15-minute slot to one tick. Guilds are randomised, commands are not: one broken guild retries in
 * bursts, so that a guild's slot is one outcome, however many commands it holds.
 */
import { mergeHistograms, totalOf, type Histogram } from './latencyBuckets.js';
import { slowFraction, type CutShift, type LatencyCut } from './latencyCuts.js';
import type { Tick } from './ticks.js';

export type Arm = 'canary' | 'control';

/** A unit's length in ms. */
export const unitMs = 15 * 60_000;

/** What one guild did in one slot while it was served one arm; processes may each bring a part. */
export interface UnitCounts {
  readonly guild: string;
  readonly arm: Arm;
  /** False where the guild opted in or was hand-picked: it chose itself, and is not compared. */
  readonly isRandomised: boolean;
  /** Judged commands. */
  readonly runs: number;
  /** Of those, unexpected errors; a refusal or a user's own mistake is none. */
  readonly failures: number;
  /** Coarse histogram of the durations. */
  readonly durations: Histogram;
}

/** The units of one slot that may be compared, and how many may not. */
export interface ComparableUnits {
  readonly units: readonly UnitCounts[];
  /** Guilds whose arm changed within the slot. */
  readonly dropped: readonly string[];
}

/**
 * Adds up the parts of each guild, leaves out guilds that chose themselves or did nothing, and drops guilds that were served
 * both arms. The order of the parts does not matter.
 */
export function comparableUnits(parts: Iterable<UnitCounts>): ComparableUnits {
  const byGuild = new Map<string, UnitCounts>();
  const dropped = new Set<string>();
  const chosen = new Set<string>();
  for (const part of parts) {
    if (part.runs === 0) continue;
    if (!part.isRandomised) chosen.add(part.guild);
    const before = byGuild.get(part.guild);
    if (before && before.arm !== part.arm) dropped.add(part.guild);
    byGuild.set(part.guild, before ? add(before, part) : part);
  }
  const units = [...byGuild.values()].filter(({ guild }) => !dropped.has(guild) && !chosen.has(guild));
  return { units, dropped: [...dropped].filter((guild) => !chosen.has(guild)) };
}

/** Expected outcome of a guild's unit, frozen when the rollout started ({@link frozenOffset}). */
export type OffsetOf = (guild: string) => number;

/** Errors: a unit is bad where any of its commands failed. */
export function errorTick({ units }: ComparableUnits, offsetOf: OffsetOf): Tick {
  return tickOf(units, ({ failures }) => (failures > 0 ? 1 : 0), offsetOf);
}

/** Latency: one view a cut; a unit's outcome is the fraction of its runs that were slow for its arm. */
export function latencyViews(
  { units }: ComparableUnits,
  cuts: readonly LatencyCut[],
  shift: CutShift,
  offsetOf: (guild: string, cut: LatencyCut) => number,
): Tick[] {
  const timed = units.filter(({ durations }) => totalOf(durations) > 0);
  return cuts.map((cut) =>
    tickOf(
      timed,
      ({ durations, arm }) => slowFraction(durations, cut, arm, shift),
      (guild) => offsetOf(guild, cut),
    ),
  );
}

/** Satisfaction: every rating is a unit of its own, 1 (outcome 1) … 5 stars (outcome 0). */
export function ratingTick(ratings: Iterable<{ readonly arm: Arm; readonly stars: number }>): Tick {
  const sums = noCounts();
  for (const { arm, stars } of ratings) {
    sums[arm].bad += (5 - stars) / 4;
    sums[arm].exposure += 1;
  }
  return sums;
}

function tickOf(
  units: readonly UnitCounts[],
  outcomeOf: (unit: UnitCounts) => number,
  offsetOf: OffsetOf,
): Tick {
  const sums = noCounts();
  for (const unit of units) {
    sums[unit.arm].bad += outcomeOf(unit);
    sums[unit.arm].exposure += offsetOf(unit.guild);
  }
  return sums;
}

function noCounts(): Record<Arm, { bad: number; exposure: number }> {
  return { canary: { bad: 0, exposure: 0 }, control: { bad: 0, exposure: 0 } };
}

function add(a: UnitCounts, b: UnitCounts): UnitCounts {
  const durations = mergeHistograms(a.durations, b.durations);
  return { ...a, runs: a.runs + b.runs, failures: a.failures + b.failures, durations };
}
