/** Recorded traffic, packed so that a rollout of two weeks can be replayed over it in milliseconds. */
import { bucketsOf, mergeHistograms, totalOf, type Histogram } from '../../health/judging/latencyBuckets.js';
import { freezeCuts, type LatencyCut } from '../../health/judging/latencyCuts.js';
import type { BaseUnit } from '../../health/recording/HealthRecords.js';

export const unitsADay = 96;
/** 1.5^4 is the first above 5, the largest slowing that is tried. */
const edgesBelow = 4;
/** Room for a shift by a margin of up to 1.5^3. */
const edgesAbove = 3;

/** 96 units from some time of day on. One row an active guild and unit, unit by unit. */
export interface Day {
  /** First row of each unit, and the number of rows at the end: 97 entries. */
  readonly starts: Int32Array;
  /** Which guild, by its number in this traffic. */
  readonly guild: Int32Array;
  readonly runs: Int32Array;
  /** 1 where any run failed. */
  readonly isBad: Uint8Array;
  /** Fraction of the row's runs slower than each of {@link Traffic.edges} edges, row by row. */
  readonly slower: Float32Array;
}

export class Traffic {
  public readonly days: Day[] = [];
  /** Where "slow" begins, from the first day that was added; empty where nothing was timed. */
  public cuts: readonly LatencyCut[] = [];
  /** Coarse bucket of the first edge that is kept. */
  public firstEdge = 0;
  /** How many edges are kept. */
  public edges = 0;
  private readonly numbers = new Map<string, number>();
  private count = 0;

  /** Distinct guilds. */
  public get guilds(): number {
    return this.numbers.size;
  }

  public get rows(): number {
    return this.days.reduce((sum, { guild }) => sum + guild.length, 0);
  }

  public get runsPerDay(): number {
    return this.days.length === 0 ? 0 : this.count / this.days.length;
  }

  /** A day without anything in it is left out. @param firstUnit number of the first of the day's 96 units */
  public add(units: readonly BaseUnit[], firstUnit: number): void {
    const rows = units.reduce((sum, { guilds }) => sum + guilds.length, 0);
    if (rows === 0) return;
    if (this.days.length === 0) this.freeze(units);
    const day = {
      starts: new Int32Array(unitsADay + 1),
      guild: new Int32Array(rows),
      runs: new Int32Array(rows),
      isBad: new Uint8Array(rows),
      slower: new Float32Array(rows * this.edges),
    };
    const bySlot = new Map(units.map(({ unit, guilds }) => [unit - firstUnit, guilds]));
    let row = 0;
    for (let slot = 0; slot < unitsADay; slot++) {
      day.starts[slot] = row;
      for (const { guild, runs, failures, durations } of bySlot.get(slot) ?? []) {
        day.guild[row] = this.numberOf(guild);
        day.runs[row] = runs;
        day.isBad[row] = failures > 0 ? 1 : 0;
        this.fillSlower(day.slower, row * this.edges, durations);
        this.count += runs;
        row++;
      }
    }
    day.starts[unitsADay] = row;
    this.days.push(day);
  }

  private freeze(units: readonly BaseUnit[]): void {
    const durations = units.map(({ guilds }) => mergeHistograms(...guilds.map((each) => each.durations)));
    const baseline: Histogram = mergeHistograms(...durations);
    if (totalOf(baseline) === 0) return;
    this.cuts = freezeCuts(baseline);
    const edges = this.cuts.map(({ edge }) => edge);
    this.firstEdge = Math.min(...edges) - edgesBelow;
    this.edges = Math.max(...edges) + edgesAbove - this.firstEdge + 1;
  }

  /** One pass over the buckets, from the slowest on. */
  private fillSlower(slower: Float32Array, at: number, durations: Histogram): void {
    const buckets = bucketsOf(durations);
    const total = buckets.reduce((sum, [, count]) => sum + count, 0);
    if (total === 0) return;
    let above = 0;
    for (let i = this.edges - 1, next = buckets.length - 1; i >= 0; i--) {
      for (; next >= 0 && buckets[next]![0] > this.firstEdge + i; next--) above += buckets[next]![1];
      slower[at + i] = above / total;
    }
  }

  private numberOf(guild: string): number {
    const known = this.numbers.get(guild);
    if (known !== undefined) return known;
    this.numbers.set(guild, this.numbers.size);
    return this.numbers.size - 1;
  }
}
