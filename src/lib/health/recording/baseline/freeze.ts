/** Takes a rollout's baseline from the week before it: the control's latency cuts, and what each guild is expected to do. */
import type { Histogram } from '../../judging/latencyBuckets.js';
import { freezeCuts, type LatencyCut } from '../../judging/latencyCuts.js';
import { frozenOffset } from '../../judging/offsets.js';
import type { BaseCounts, BaseUnit } from '../HealthRecords.js';
import { unitOf } from '../unitOf.js';
import { FrozenBaseline } from './FrozenBaseline.js';
import { GuildNumbers, type GuildRow } from './GuildNumbers.js';

const days = 7;
const unitsADay = 96;

/** Units from `from` to `to`, both included. Asked twice, so that a week of them need not fit into memory. */
export type ReadUnits = (from: number, to: number) => AsyncIterable<BaseUnit>;

/** @param now domain time, ms since epoch: the unit that it lies in is not looked at any more */
export async function freezeBaseline(now: number, read: ReadUnits): Promise<FrozenBaseline> {
  const to = unitOf(now) - 1;
  const from = to + 1 - days * unitsADay;
  const everyone: Record<number, number> = {};
  let units = 0;
  for await (const { guilds } of read(from, to)) {
    units++;
    for (const { durations } of guilds) addTo(everyone, durations);
  }
  const cuts = Object.keys(everyone).length === 0 ? [] : freezeCuts(everyone);
  const histories = new Map<string, History>();
  for await (const { guilds } of read(from, to)) {
    for (const counts of guilds) {
      let history = histories.get(counts.guild);
      if (history === undefined) histories.set(counts.guild, (history = new History(cuts)));
      history.add(counts);
    }
  }
  return new FrozenBaseline({
    frozenAt: now,
    units,
    cuts,
    guilds: new GuildNumbers(cuts.length + 2, rowsOf(histories)),
  });
}

/** One guild's active units. */
class History {
  private active = 0;
  private failed = 0;
  private runs = 0;
  /** By cut: the sum over the units of the fraction that was slower. */
  private readonly slow: number[];

  public constructor(private readonly cuts: readonly LatencyCut[]) {
    this.slow = cuts.map(() => 0);
  }

  public add({ runs, failures, durations }: BaseCounts): void {
    if (runs === 0) return;
    this.runs += runs;
    this.active += 1;
    if (failures > 0) this.failed += 1;
    const buckets = Object.entries(durations);
    this.cuts.forEach(({ edge }, at) => {
      let slower = 0;
      for (const [bucket, count] of buckets) if (Number(bucket) > edge) slower += count;
      // Every run has one duration.
      this.slow[at] = (this.slow[at] ?? 0) + slower / runs;
    });
  }

  /** Runs a day, the errors' offset, one offset a cut. */
  public get numbers(): number[] {
    const { active, failed, slow, runs } = this;
    const slowness = this.cuts.map(({ slower }, at) =>
      // A sum of fractions may exceed their number by a rounding.
      frozenOffset({ hits: Math.min(active, slow[at] ?? 0), active }, slower),
    );
    return [runs / days, frozenOffset({ hits: failed, active }), ...slowness];
  }
}

function* rowsOf(histories: ReadonlyMap<string, History>): Generator<GuildRow> {
  for (const [guild, { numbers }] of histories) yield { guild, numbers };
}

function addTo(sum: Record<number, number>, histogram: Histogram): void {
  for (const [bucket, count] of Object.entries(histogram)) {
    const at = Number(bucket);
    sum[at] = (sum[at] ?? 0) + count;
  }
}
