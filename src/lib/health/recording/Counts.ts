/** Sums in the making: counted up with every run, taken away by every flush. */
import { coarseBucket, type Histogram } from '../judging/latencyBuckets.js';
import type { Arm, UnitCounts } from '../judging/units.js';
import type { MeasuredRows } from './packing/MeasuredRows.js';

/** One guild's sums. */
class GuildSums {
  public runs = 0;
  public failures = 0;
  public readonly durations: Record<number, number> = {};
}

/** How an arm came to a guild, as an index: two bits. */
const kinds: readonly { readonly arm: Arm; readonly isRandomised: boolean }[] = [
  { arm: 'control', isRandomised: false },
  { arm: 'canary', isRandomised: false },
  { arm: 'control', isRandomised: true },
  { arm: 'canary', isRandomised: true },
];

export class Counts {
  /** By guild; within it by kind. */
  private readonly guilds = new Map<string, (GuildSums | undefined)[]>();

  /** How many guilds are in it. */
  public get size(): number {
    return this.guilds.size;
  }

  /** @param bucket fine bucket of the duration; undefined where the guild was exposed and nothing was judged */
  public add(
    guild: string,
    arm: Arm,
    isRandomised: boolean,
    isFailure: boolean,
    bucket: number | undefined,
  ): void {
    const sums = this.sumsOf(guild, (arm === 'canary' ? 1 : 0) + (isRandomised ? 2 : 0));
    if (bucket === undefined) return;
    sums.runs++;
    if (isFailure) sums.failures++;
    countIn(sums.durations, coarseBucket(bucket));
  }

  public measured(from: number, to: number): MeasuredRows {
    const rows: UnitCounts[] = [];
    for (const [guild, byKind] of this.guilds) {
      byKind.forEach((sums, kind) => {
        const facts = kinds[kind];
        if (sums === undefined || facts === undefined) return;
        const { runs, failures, durations } = sums;
        rows.push({ guild, ...facts, runs, failures, durations });
      });
    }
    return { from, to, rows };
  }

  private sumsOf(guild: string, kind: number): GuildSums {
    let byKind = this.guilds.get(guild);
    if (byKind === undefined) this.guilds.set(guild, (byKind = []));
    return (byKind[kind] ??= new GuildSums());
  }
}

function countIn(histogram: Histogram & Record<number, number>, bucket: number): void {
  histogram[bucket] = (histogram[bucket] ?? 0) + 1;
}
