/**
 * What guilds did in the units of a week, added up unit by unit without keeping any of them. The cuts are known only at the end,
 * so that every edge at which one could lie is added up for every guild.
 */
import { coarseRange, type Histogram } from '../../judging/latencyBuckets.js';
import type { GuildNumbering } from '../columns/GuildNumbering.js';
import type { TableColumns } from '../columns/TableColumns.js';
import type { UnitTable } from '../columns/UnitTable.js';

const { quickest, slowest } = coarseRange;
const width = slowest - quickest + 1;
const firstSize = 1024;

/** One guild's sums. */
export interface GuildWeek {
  readonly guild: string;
  /** Units in which it was active, and those of them in which something failed. */
  readonly active: number;
  readonly failed: number;
  readonly runs: number;
  /** Sum over the active units of the fraction of runs above the edge of a coarse bucket. */
  readonly slowerThan: (edge: number) => number;
}

export class WeekOfGuilds implements Iterable<GuildWeek> {
  /** Units in which anything was measured. */
  public units = 0;
  private numbering: GuildNumbering | undefined;
  /** Numbers of guilds in the order in which they were met. */
  private readonly met: number[] = [];
  private isMet = new Uint8Array(firstSize);
  private active = new Uint32Array(firstSize);
  private failed = new Uint32Array(firstSize);
  private runs = new Float64Array(firstSize);
  /** By guild and bucket: the sum of the fractions above that bucket's edge. */
  private slower = new Float64Array(firstSize * width);
  /** Runs of all guilds by bucket. */
  private readonly everyone = new Float64Array(width);
  /** The quickest bucket of any run: above every edge below it were all runs of everybody. */
  private lowest = width;
  /** Of one row. */
  private readonly histogram = new Float64Array(width);

  /** @param table of one unit; all of them of one numbering */
  public add({ numbering, columns, size }: UnitTable): void {
    if (size === 0) return;
    this.numbering ??= numbering;
    if (numbering !== this.numbering) throw new Error('The units of a week number their guilds differently.');
    this.grow(numbering.size);
    this.units++;
    for (let row = 0; row < size; row++) this.addRow(columns, row);
  }

  /** Coarse histogram over everything. */
  public get durations(): Histogram {
    return Object.fromEntries(
      [...this.everyone].flatMap((count, at) => (count > 0 ? [[at + quickest, count]] : [])),
    );
  }

  public *[Symbol.iterator](): Generator<GuildWeek> {
    const { numbering, active, failed, runs, slower, lowest } = this;
    if (numbering === undefined) return;
    for (const guild of this.met) {
      yield {
        guild: numbering.guild(guild),
        active: active[guild]!,
        failed: failed[guild]!,
        runs: runs[guild]!,
        slowerThan: (edge) =>
          edge - quickest < lowest ? active[guild]! : (slower[guild * width + edge - quickest] ?? 0),
      };
    }
  }

  private addRow({ guilds, runs, failures, starts, buckets, counts }: TableColumns, row: number): void {
    const guild = guilds[row]!;
    if (this.isMet[guild] === 0) {
      this.isMet[guild] = 1;
      this.met.push(guild);
    }
    const total = runs[row]!;
    if (total === 0) return;
    const { histogram, everyone } = this;
    let [quick, slow] = [width - 1, 0];
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const at = Math.min(slowest, Math.max(quickest, buckets[entry]!)) - quickest;
      histogram[at]! += counts[entry]!;
      everyone[at]! += counts[entry]!;
      if (at < quick) quick = at;
      if (at > slow) slow = at;
    }
    if (quick < this.lowest) this.lowerTo(quick);
    this.addFractions(guild, total, slow);
    histogram.fill(0, quick, slow + 1);
    this.active[guild]!++;
    if (failures[row]! > 0) this.failed[guild]!++;
    this.runs[guild]! += total;
  }

  /** Above its slowest bucket nothing is slower, and nothing is added. */
  private addFractions(guild: number, total: number, slow: number): void {
    const { histogram, slower, lowest } = this;
    const own = guild * width;
    let above = 0;
    let fraction = 0;
    for (let at = slow - 1; at >= lowest; at--) {
      const more = histogram[at + 1]!;
      if (more > 0) fraction = (above += more) / total;
      slower[own + at]! += fraction;
    }
  }

  /** A run was quicker than all before it: until now every run of everybody was above the edges in between. */
  private lowerTo(lowest: number): void {
    const { slower, active } = this;
    for (const guild of this.met) {
      const own = guild * width;
      slower.fill(active[guild]!, own + lowest, own + this.lowest);
    }
    this.lowest = lowest;
  }

  private grow(guilds: number): void {
    if (guilds <= this.isMet.length) return;
    const size = 2 ** Math.ceil(Math.log2(guilds));
    this.isMet = grown(this.isMet, new Uint8Array(size));
    this.active = grown(this.active, new Uint32Array(size));
    this.failed = grown(this.failed, new Uint32Array(size));
    this.runs = grown(this.runs, new Float64Array(size));
    this.slower = grown(this.slower, new Float64Array(size * width));
  }
}

function grown<Column extends Uint8Array | Uint32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
