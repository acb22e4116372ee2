/** Adds rows up: one row a guild and kind, in the order in which they first came. */
import type { UnitCounts } from '../../judging/units.js';
import type { GuildNumbering } from './GuildNumbering.js';
import { canaryBit, ColumnWriter, kindCount, randomisedBit, type TableColumns } from './TableColumns.js';

export class TableBuilder {
  private readonly writer = new ColumnWriter();
  /** By guild and kind: its row + 1. */
  private rowOf: Int32Array;

  public constructor(private readonly numbering: GuildNumbering) {
    this.rowOf = new Int32Array(kindCount * numbering.size);
  }

  public addRow({ guild, arm, isRandomised, runs, failures, durations }: UnitCounts): void {
    const kind = (arm === 'canary' ? canaryBit : 0) | (isRandomised ? randomisedBit : 0);
    const row = this.row(this.numbering.numberOf(guild), kind);
    this.writer.add(row, runs, failures);
    for (const [bucket, count] of Object.entries(durations)) this.writer.entry(row, Number(bucket), count);
  }

  public addColumns({ guilds, kinds, runs, failures, starts, buckets, counts }: TableColumns): void {
    for (let from = 0; from < guilds.length; from++) {
      const row = this.row(guilds[from]!, kinds[from]!);
      this.writer.add(row, runs[from]!, failures[from]!);
      for (let at = starts[from]!; at < starts[from + 1]!; at++)
        this.writer.entry(row, buckets[at]!, counts[at]!);
    }
  }

  public columns(): TableColumns {
    return this.writer.columns();
  }

  private row(guild: number, kind: number): number {
    const key = kindCount * guild + kind;
    if (key >= this.rowOf.length) this.grow();
    const known = this.rowOf[key]! - 1;
    if (known >= 0) return known;
    const row = this.writer.row(guild, kind);
    this.rowOf[key] = row + 1;
    return row;
  }

  /** The numbering has grown since. */
  private grow(): void {
    const grown = new Int32Array(2 * kindCount * this.numbering.size);
    grown.set(this.rowOf);
    this.rowOf = grown;
  }
}
