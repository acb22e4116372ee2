/**
 * What guilds did in one span, in columns instead of objects: a hundred rollouts with ten thousand guilds each are a million rows
 * a unit, and the judge looks at all of them. Whoever wants few can read it row by row.
 */
import type { Histogram } from '../../judging/latencyBuckets.js';
import type { UnitCounts } from '../../judging/units.js';
import { GuildNumbering } from './GuildNumbering.js';
import { TableBuilder } from './TableBuilder.js';
import { canaryBit, randomisedBit, type TableColumns } from './TableColumns.js';

export class UnitTable implements Iterable<UnitCounts> {
  /** @param columns one row a guild and kind */
  public constructor(
    public readonly numbering: GuildNumbering,
    public readonly columns: TableColumns,
  ) {}

  /** Of rows as they are made by hand; parts of one guild and kind are added up. */
  public static of(rows: Iterable<UnitCounts>, numbering = new GuildNumbering()): UnitTable {
    const builder = new TableBuilder(numbering);
    for (const row of rows) builder.addRow(row);
    return new UnitTable(numbering, builder.take());
  }

  /** How many rows it has. */
  public get size(): number {
    return this.columns.guilds.length;
  }

  public *[Symbol.iterator](): Generator<UnitCounts> {
    const { guilds, kinds, runs, failures } = this.columns;
    for (let row = 0; row < this.size; row++) {
      const kind = kinds[row]!;
      yield {
        guild: this.numbering.guild(guilds[row]!),
        arm: (kind & canaryBit) === 0 ? 'control' : 'canary',
        isRandomised: (kind & randomisedBit) !== 0,
        runs: runs[row]!,
        failures: failures[row]!,
        durations: this.durations(row),
      };
    }
  }

  /** All rows together. */
  public get sums(): { readonly runs: number; readonly failures: number; readonly durations: Histogram } {
    const { runs, failures, buckets, counts } = this.columns;
    let [ran, failed] = [0, 0];
    for (let row = 0; row < runs.length; row++) {
      ran += runs[row]!;
      failed += failures[row]!;
    }
    const durations: Record<number, number> = {};
    for (let at = 0; at < buckets.length; at++) {
      const bucket = buckets[at]!;
      durations[bucket] = (durations[bucket] ?? 0) + counts[at]!;
    }
    return { runs: ran, failures: failed, durations };
  }

  private durations(row: number): Histogram {
    const { starts, buckets, counts } = this.columns;
    const histogram: Record<number, number> = {};
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const bucket = buckets[at]!;
      histogram[bucket] = (histogram[bucket] ?? 0) + counts[at]!;
    }
    return histogram;
  }
}
