/**
 * What is usual for the guilds that had it, and what they did since: the ticks of both comparisons.
 *
 * Each quarter hour after the rollback is compared with the same quarter hour of the seven days before the feature, of the
 * same guilds, so that no part of the past is used twice and the time of day does not count as harm. Where nothing is left
 * of that past (measurements are kept for eight days), guilds that never had it stand for the usual.
 */
import type { CutShift, LatencyCut } from '../../../health/judging/latencyCuts.js';
import { coarseEdgeMs, mergeHistograms } from '../../../health/judging/latencyBuckets.js';
import { cutQuantiles, freezeCuts, shiftFor, slowFraction } from '../../../health/judging/latencyCuts.js';
import { frozenOffset } from '../../../health/judging/offsets.js';
import type { ArmCounts, Tick } from '../../../health/judging/ticks.js';
import type { BaseCounts, BaseUnit, HealthRecords } from '../../../health/recording/HealthRecords.js';
import type { HadIt } from '../hadFlag.js';
import type { Compared } from './normality.js';
import { failsAmong, sampleFor, weightOf } from './rarefaction.js';

const unitsADay = 96;
const days = 7;

export interface UsualOptions {
  readonly records: Pick<HealthRecords, 'baseUnits'>;
  readonly had: HadIt;
  /** Units after the rollback that are whole and can be read, ascending. */
  readonly units: readonly number[];
  /** The first unit that the feature may have touched: the past lies before. */
  readonly featureFrom: number;
  readonly margins: { readonly errors: number; readonly times: number };
  readonly isLast: boolean;
  /** Gives other work its turn. */
  readonly breathe: () => Promise<void>;
}

interface Slot {
  readonly unit: number;
  readonly after: readonly BaseCounts[];
  readonly usual: readonly BaseCounts[];
}

/** Both comparisons over the same guilds and units. Throws Unavailable. */
export async function compareWithUsual(
  options: UsualOptions,
): Promise<{ readonly errors: Compared; readonly times: Compared }> {
  const { units, had, margins, isLast } = options;
  const all = await slotsOf(options);
  const before = all.map(({ unit, now, past }) => ({ unit, after: now.filter(of(had)), usual: past }));
  const others = all.map(({ unit, now }) => ({
    unit,
    after: now.filter(of(had)),
    usual: now.filter(({ guild }) => !had(guild)),
  }));
  const isThere = (slots: readonly Slot[]): boolean => slots.some(({ usual }) => usual.length > 0);
  const [comparedWith, slots] = isThere(before)
    ? (['before', before] as const)
    : isThere(others)
      ? (['others', others] as const)
      : ([units.length === 0 ? 'before' : 'nothing', before] as const);
  const after = slots.flatMap((slot) => slot.after);
  const guilds = new Set(after.map(({ guild }) => guild)).size;
  const failed = after.filter(({ failures }) => failures > 0).length;
  const shared = { comparedWith, guilds, isLast, seen: { units: after.length, bad: failed } };
  const cut = cutOf(slots);
  const shift = shiftFor(margins.times);
  return {
    errors: {
      ...shared,
      ...{ metric: 'errors', margin: margins.errors, cutMs: null },
      ticks: errorTicks(slots, comparedWith === 'before'),
    },
    times: {
      ...shared,
      metric: 'times',
      margin: shift.margin,
      cutMs: cut === undefined ? null : coarseEdgeMs(cut.edge),
      ticks: cut === undefined ? [] : timeTicks(slots, cut, shift),
    },
  };
}

const of =
  (had: HadIt) =>
  ({ guild }: BaseCounts): boolean =>
    had(guild);

async function slotsOf({
  records,
  units,
  featureFrom,
  had,
  breathe,
}: UsualOptions): Promise<
  { readonly unit: number; readonly now: readonly BaseCounts[]; readonly past: readonly BaseCounts[] }[]
> {
  const slots = [];
  for (const unit of units) {
    const now = guildsOf(await records.baseUnits(unit, unit));
    const past: BaseCounts[] = [];
    for (let day = 1; day <= days; day++) {
      const then = unit - day * unitsADay;
      if (then >= featureFrom) continue;
      for (const counts of guildsOf(await records.baseUnits(then, then)))
        if (had(counts.guild)) past.push(counts);
      await breathe();
    }
    slots.push({ unit, now, past });
  }
  return slots;
}

function guildsOf(units: readonly BaseUnit[]): readonly BaseCounts[] {
  return units.flatMap(({ guilds }) => guilds).filter(({ runs }) => runs > 0);
}

/**
 * A guild counts by what it usually does, so that it does not matter which guilds happen to be active, nor how many commands
 * they run. Of guilds that never had it nothing is learnt about those that did: then each counts the same.
 */
function errorTicks(slots: readonly Slot[], isSameGuilds: boolean): Compared['ticks'] {
  const sampleOf = samplesOf(slots, isSameGuilds);
  const outcomeOf = (one: BaseCounts): number => failsAmong(one, sampleOf(one.guild));
  const history = new Map<string, { hits: number; active: number }>();
  const everyone = { hits: 0, active: 0 };
  for (const one of isSameGuilds ? slots.flatMap(({ usual }) => usual) : []) {
    const known = history.get(one.guild) ?? { hits: 0, active: 0 };
    history.set(one.guild, known);
    const hits = outcomeOf(one);
    for (const sums of [known, everyone]) {
      sums.active += 1;
      sums.hits += hits;
    }
  }
  const prior = frozenOffset(everyone);
  const offsetOf = (guild: string): number =>
    frozenOffset(history.get(guild) ?? { hits: 0, active: 0 }, prior);
  const exposureOf = (one: BaseCounts): number => offsetOf(one.guild) * weightOf(one, sampleOf(one.guild));
  const sum = (counts: readonly BaseCounts[]): ArmCounts => summed(counts, outcomeOf, exposureOf);
  return slots.map(({ unit, after, usual }) => ({ unit, canary: sum(after), control: sum(usual) }));
}

/** How many runs of each of a guild's units are looked at, on both sides alike. */
function samplesOf(slots: readonly Slot[], isSameGuilds: boolean): (guild: string) => number {
  const after = slots.flatMap((slot) => slot.after);
  const usual = slots.flatMap((slot) => slot.usual);
  const forAll = sampleFor(after, usual);
  if (!isSameGuilds) return () => forAll;
  const [own, past] = [byGuild(after), byGuild(usual)];
  const samples = new Map<string, number>();
  for (const guild of new Set([...own.keys(), ...past.keys()])) {
    const before = past.get(guild);
    // Of a guild without a past one expects what is usual for all, in as many runs.
    const sample = sampleFor(own.get(guild) ?? [], before ?? []);
    samples.set(guild, before === undefined ? Math.min(sample, forAll) : sample);
  }
  return (guild) => samples.get(guild) ?? forAll;
}

function byGuild(counts: readonly BaseCounts[]): ReadonlyMap<string, readonly BaseCounts[]> {
  const found = new Map<string, BaseCounts[]>();
  for (const one of counts) {
    const known = found.get(one.guild);
    if (known === undefined) found.set(one.guild, [one]);
    else known.push(one);
  }
  return found;
}

function timeTicks(slots: readonly Slot[], cut: LatencyCut, shift: CutShift): Compared['ticks'] {
  const tick = ({ unit, after, usual }: Slot): Tick & { unit: number } => ({
    unit,
    canary: summed(
      after,
      ({ durations }) => slowFraction(durations, cut, 'canary', shift),
      () => 1,
    ),
    control: summed(
      usual,
      ({ durations }) => slowFraction(durations, cut, 'control', shift),
      () => 1,
    ),
  });
  return slots.map(tick);
}

/** The mark that the slowest tenth of the usual runs passes. */
function cutOf(slots: readonly Slot[]): LatencyCut | undefined {
  const usual = mergeHistograms(...slots.flatMap((slot) => slot.usual.map(({ durations }) => durations)));
  if (Object.keys(usual).length === 0) return undefined;
  return freezeCuts(usual)[cutQuantiles.indexOf(0.9)];
}

function summed(
  counts: readonly BaseCounts[],
  outcomeOf: (one: BaseCounts) => number,
  exposureOf: (one: BaseCounts) => number,
): ArmCounts {
  let bad = 0;
  let exposure = 0;
  for (const one of counts) {
    bad += outcomeOf(one);
    exposure += exposureOf(one);
  }
  return { bad, exposure };
}
