/** A baseline as one would count it by hand: the week is read twice, and every guild's unit is an object. What columns count must be this. */
import { freezeCuts, type LatencyCut } from '../../../../../src/lib/health/judging/latencyCuts.js';
import { frozenOffset } from '../../../../../src/lib/health/judging/offsets.js';
import { FrozenBaseline } from '../../../../../src/lib/health/recording/baseline/FrozenBaseline.js';
import { GuildNumbers } from '../../../../../src/lib/health/recording/baseline/GuildNumbers.js';
import type { UnitCounts } from '../../../../../src/lib/health/judging/units.js';

const days = 7;

interface Sums {
  active: number;
  failed: number;
  runs: number;
  readonly slow: number[];
}

/** @param units the week's, oldest first; those without rows count for nothing */
export function plainFreeze(now: number, units: readonly (readonly UnitCounts[])[]): FrozenBaseline {
  const everyone: Record<number, number> = {};
  for (const { durations } of units.flat()) {
    for (const [bucket, count] of Object.entries(durations))
      everyone[Number(bucket)] = (everyone[Number(bucket)] ?? 0) + count;
  }
  const cuts = Object.keys(everyone).length === 0 ? [] : freezeCuts(everyone);
  const guilds = new Map<string, Sums>();
  for (const { guild, runs, failures, durations } of units.flat()) {
    const sums = guilds.get(guild) ?? { active: 0, failed: 0, runs: 0, slow: cuts.map(() => 0) };
    guilds.set(guild, sums);
    if (runs === 0) continue;
    sums.active++;
    sums.runs += runs;
    if (failures > 0) sums.failed++;
    cuts.forEach(({ edge }, at) => {
      const slower = Object.entries(durations).filter(([bucket]) => Number(bucket) > edge);
      sums.slow[at]! += slower.reduce((sum, [, count]) => sum + count, 0) / runs;
    });
  }
  const rows = [...guilds].map(([guild, sums]) => ({ guild, numbers: numbersOf(sums, cuts) }));
  return new FrozenBaseline({
    frozenAt: now,
    units: units.filter(({ length }) => length > 0).length,
    cuts,
    guilds: new GuildNumbers(cuts.length + 2, rows),
  });
}

function numbersOf({ active, failed, runs, slow }: Sums, cuts: readonly LatencyCut[]): number[] {
  const slowness = cuts.map(({ slower }, at) =>
    frozenOffset({ hits: Math.min(active, slow[at]!), active }, slower),
  );
  return [runs / days, frozenOffset({ hits: failed, active }), ...slowness];
}
