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

  /** @param part rows whose entries follow each other as they do */
  public add(part: ColumnWriter): void {
    part.addTo(this.writer, (guild, kind) => this.row(guild, kind));
  }

  /** What was added up; the next table begins empty. */
  public take(): TableColumns {
    const columns = this.writer.columns();
    const { guilds, kinds } = columns;
    for (let row = 0; row < guilds.length; row++) this.rowOf[kindCount * guilds[row]! + kinds[row]!] = 0;
    this.writer.clear();
    return columns;
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
