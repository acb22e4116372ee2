/** One closed unit into a rollout's evidence: each exactly once, whoever asks how often. Pure. */
import { takeIn, type EvidenceState } from '../../health/judging/evidence.js';
import { shiftFor } from '../../health/judging/latencyCuts.js';
import type { Tick } from '../../health/judging/ticks.js';
import { type Arm, ratingTick, unitMs } from '../../health/judging/units.js';
import type { UnitTable } from '../../health/recording/columns/UnitTable.js';
import type { EvidenceDocument, RolloutDocument, TickSummary } from '../documents.js';
import type { GuildPlaces } from './GuildPlaces.js';
import { guardId } from './guards.js';
import { has, withUnit } from './spans.js';
import { progressAfter } from './stepProgress.js';
import { comparableRows, errorsOf, latencyOf, type LatencyView } from './unitTicks.js';

export interface UnitFacts {
  readonly unit: number;
  readonly table: UnitTable;
  readonly ratings: readonly { readonly arm: Arm; readonly stars: number }[];
  readonly places: GuildPlaces;
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
  const { unit } = facts;
  if (has(document.taken, unit)) return null;
  const { errors, latency, slow } = ticksOf(document, facts);
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
          ? (latency.get(shiftFor(guard.margin).buckets) ?? [])
          : ratings === null
            ? null
            : [ratings];
    if (looks !== null) guards[guardId(guard)] = takeIn(state, { id: ticks, at, views: looks });
  }
  const begins = hasBegun(evidence.guards, guards);
  const { progress, seen } = progressAfter(document, evidence, facts);
  return {
    document: { ...document, ticks, taken: withUnit(document.taken, unit), progress },
    evidence: {
      ...evidence,
      guards,
      seen,
      startsAt: begins ? [...evidence.startsAt, document.ticks] : evidence.startsAt,
    },
    tick: { unit, step: document.step, errors, slow, ratings },
  };
}

/** The unit as each guard sees it. `latency`: by how many buckets the canary's cuts are moved, one tick a cut. */
function ticksOf(
  { plan }: RolloutDocument,
  { table, places }: UnitFacts,
): { errors: Tick; latency: ReadonlyMap<number, readonly Tick[]>; slow: Tick | null } {
  const { baseline } = places;
  const { rows: baselineRows } = places.of(table.numbering);
  const rows = comparableRows(table);
  const margins = plan.guards.filter(({ metric }) => metric === 'latency').map(({ margin }) => margin);
  const shifts = [...new Set(margins.map((margin) => shiftFor(margin).buckets))];
  const views: LatencyView[] = shifts.flatMap((shift) => baseline.cuts.map((_, cut) => ({ cut, shift })));
  const isShown = shownCut < baseline.cuts.length;
  if (isShown) views.push({ cut: shownCut, shift: 0 });
  const ticks = latencyOf(table, rows, views, baseline, baselineRows);
  const width = baseline.cuts.length;
  return {
    errors: errorsOf(table, rows, baseline, baselineRows),
    latency: new Map(shifts.map((shift, nth) => [shift, ticks.slice(nth * width, (nth + 1) * width)])),
    slow: isShown ? (ticks.at(-1) ?? null) : null,
  };
}

/** Whether a process began with this unit. All guards follow the same rhythm; errors are compared in every unit. */
function hasBegun(before: EvidenceDocument['guards'], after: EvidenceDocument['guards']): boolean {
  return Object.entries(after).some(
    ([id, { begun }]) => id.startsWith('errors') && begun > (before[id]?.begun ?? 0),
  );
}
