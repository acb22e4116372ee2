/** One closed unit into a rollout's evidence: each exactly once, whoever asks how often. Pure. */
import { takeIn, type EvidenceState } from '../../health/judging/evidence.js';
import { shiftFor } from '../../health/judging/latencyCuts.js';
import {
  type Arm,
  comparableUnits,
  errorTick,
  latencyViews,
  ratingTick,
  unitMs,
  type UnitCounts,
} from '../../health/judging/units.js';
import type { Baseline } from '../../health/recording/HealthRecords.js';
import type { EvidenceDocument, RolloutDocument, TickSummary } from '../documents.js';
import { GuildSet } from './GuildSet.js';
import { guardId } from './guards.js';
import { has, withUnit } from './spans.js';

export interface UnitFacts {
  readonly unit: number;
  readonly rows: readonly UnitCounts[];
  readonly ratings: readonly { readonly arm: Arm; readonly stars: number }[];
  readonly baseline: Baseline;
  /** What the flag's positions are hashed from. */
  readonly seed: string;
  /** False while the kill switch for everything or an incident stood in the way: who is seen then says nothing about shares. */
  readonly isServed: boolean;
}

export interface TakenIn {
  readonly document: RolloutDocument;
  readonly evidence: EvidenceDocument;
  readonly tick: TickSummary;
}

/** Which of the cuts people are shown: the slowest tenth. */
const shownCut = 2;

/** Null where the unit was taken in before. */
export function takeUnit(
  document: RolloutDocument,
  evidence: EvidenceDocument,
  facts: UnitFacts,
): TakenIn | null {
  const { unit, baseline } = facts;
  if (has(document.taken, unit)) return null;
  const comparable = comparableUnits(facts.rows);
  const errors = errorTick(comparable, (guild) => baseline.errorOffset(guild));
  const { cuts } = baseline;
  const offset = (guild: string, cut: (typeof cuts)[number]): number =>
    baseline.latencyOffset(guild, cuts.indexOf(cut));
  const views = (margin: number) => latencyViews(comparable, cuts, shiftFor(margin), offset);
  const ratings = facts.ratings.length === 0 ? null : ratingTick(facts.ratings);
  const at = unit * unitMs;
  const ticks = document.ticks + 1;
  const guards: Record<string, EvidenceState> = { ...evidence.guards };
  for (const guard of document.plan.guards) {
    const state = guards[guardId(guard)];
    if (state === undefined) continue;
    const looks =
      guard.metric === 'errors'
        ? [errors]
        : guard.metric === 'latency'
          ? views(guard.margin)
          : ratings === null
            ? null
            : [ratings];
    if (looks !== null) guards[guardId(guard)] = takeIn(state, { id: ticks, at, views: looks });
  }
  const begins = hasBegun(evidence.guards, guards);
  const { progress, seen } = progressAfter(document, evidence, facts);
  const shown = cuts[shownCut];
  const slow = shown === undefined ? undefined : latencyViews(comparable, [shown], shiftFor(1), offset)[0];
  return {
    document: { ...document, ticks, taken: withUnit(document.taken, unit), progress },
    evidence: {
      ...evidence,
      guards,
      seen,
      startsAt: begins ? [...evidence.startsAt, document.ticks] : evidence.startsAt,
    },
    tick: { unit, step: document.step, errors, slow: slow ?? null, ratings },
  };
}

/** Whether a process began with this unit. All guards follow the same rhythm; errors are compared in every unit. */
function hasBegun(before: EvidenceDocument['guards'], after: EvidenceDocument['guards']): boolean {
  return Object.entries(after).some(
    ([id, { begun }]) => id.startsWith('errors') && begun > (before[id]?.begun ?? 0),
  );
}

/** Only units that lie wholly in the step tell who is in it: in the one in which it began, guilds changed sides. */
function progressAfter(
  document: RolloutDocument,
  { seen }: EvidenceDocument,
  { unit, rows, seed, isServed }: UnitFacts,
): { progress: RolloutDocument['progress']; seen: EvidenceDocument['seen'] } {
  const { progress } = document;
  const beganAt = document.stepsBegan[document.step];
  if (!isServed || beganAt === undefined || unit * unitMs < beganAt) return { progress, seen };
  const canary = GuildSet.read(seed, seen.canary);
  const control = GuildSet.read(seed, seen.control);
  const chosen = GuildSet.read(seed, seen.chosen);
  const failing = GuildSet.read(seed, seen.failing);
  let { canaryRuns, controlRuns } = progress;
  for (const { guild, arm, isRandomised, runs, failures } of rows) {
    if (runs === 0) continue;
    if (arm === 'canary') canaryRuns += runs;
    else controlRuns += runs;
    if (isRandomised && arm === 'canary' && failures > 0) failing.add(guild);
    if (isRandomised) (arm === 'canary' ? canary : control).add(guild);
    else if (arm === 'canary') chosen.add(guild);
  }
  return {
    progress: {
      canaryGuilds: canary.size,
      controlGuilds: control.size,
      chosenGuilds: chosen.size,
      failingGuilds: failing.size,
      canaryRuns,
      controlRuns,
    },
    seen: { canary: canary.pack(), control: control.pack(), chosen: chosen.pack(), failing: failing.pack() },
  };
}
