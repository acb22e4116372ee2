/** Takes a rollout's baseline from the week before it: the control's latency cuts, and what each guild is expected to do. */
import { freezeCuts, type LatencyCut } from '../../judging/latencyCuts.js';
import { frozenOffset } from '../../judging/offsets.js';
import type { UnitTable } from '../columns/UnitTable.js';
import { unitOf } from '../unitOf.js';
import { FrozenBaseline } from './FrozenBaseline.js';
import { GuildNumbers, type GuildRow } from './GuildNumbers.js';
import { type GuildWeek, WeekOfGuilds } from './WeekOfGuilds.js';

const days = 7;
const unitsADay = 96;

/**
 * @param now domain time, ms since epoch: the unit that it lies in is not looked at any more
 * @param read all active guilds of one unit, in tables of one numbering; each is asked for once, the oldest first
 * @param breathe gives other work its turn: a week of ten thousand guilds is some seconds of counting
 */
export async function freezeBaseline(
  now: number,
  read: (unit: number) => Promise<UnitTable>,
  breathe: () => Promise<void>,
): Promise<FrozenBaseline> {
  const to = unitOf(now) - 1;
  const week = new WeekOfGuilds();
  for (let unit = to + 1 - days * unitsADay; unit <= to; unit++) {
    const table = await read(unit);
    if (table.size === 0) continue;
    week.add(table);
    await breathe();
  }
  const { durations, units } = week;
  const cuts = Object.keys(durations).length === 0 ? [] : freezeCuts(durations);
  const rows = [...week].map((guild): GuildRow => ({ guild: guild.guild, numbers: numbersOf(guild, cuts) }));
  return new FrozenBaseline({
    frozenAt: now,
    units,
    cuts,
    guilds: new GuildNumbers(cuts.length + 2, rows),
  });
}

/** Runs a day, the errors' offset, one offset a cut. */
function numbersOf({ active, failed, runs, slowerThan }: GuildWeek, cuts: readonly LatencyCut[]): number[] {
  return [
    runs / days,
    frozenOffset({ hits: failed, active }),
    ...cuts.map(({ edge, slower }) =>
      // A sum of fractions may exceed their number by a rounding.
      frozenOffset({ hits: Math.min(active, slowerThan(edge)), active }, slower),
    ),
  ];
}
