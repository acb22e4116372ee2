/** A table of numbers by guild, some 40 bytes a row: a hundred rollouts keep ten thousand guilds each in memory. */
import { compareIds, joinId, splitId, type SplitId } from '../packing/guildId.js';

export interface GuildRow {
  readonly guild: string;
  /** As many as the table has columns; kept to seven digits. */
  readonly numbers: readonly number[];
}

export class GuildNumbers {
  private readonly high: Float64Array;
  private readonly low: Uint32Array;
  /** Rows of guilds whose id is no snowflake; they stand behind all others. */
  private readonly named: ReadonlyMap<string, number>;
  private readonly cells: Float32Array;

  public constructor(
    private readonly columns: number,
    rows: Iterable<GuildRow>,
  ) {
    const numbered: { id: SplitId; numbers: readonly number[] }[] = [];
    const named: GuildRow[] = [];
    for (const row of rows) {
      const id = splitId(row.guild);
      if (id === undefined) named.push(row);
      else numbered.push({ id, numbers: row.numbers });
    }
    numbered.sort((a, b) => compareIds(a.id, b.id));
    this.high = Float64Array.from(numbered, ({ id }) => id.high);
    this.low = Uint32Array.from(numbered, ({ id }) => id.low);
    this.named = new Map(named.map(({ guild }, at) => [guild, numbered.length + at]));
    this.cells = new Float32Array((numbered.length + named.length) * columns);
    [...numbered, ...named].forEach(({ numbers }, row) => this.cells.set(numbers, row * columns));
  }

  /** -1 where the guild is not in it. */
  public rowOf(guild: string): number {
    const id = splitId(guild);
    return id === undefined ? (this.named.get(guild) ?? -1) : this.find(id);
  }

  /** undefined where there is no such row. */
  public at(row: number, column: number): number | undefined {
    return row < 0 ? undefined : this.cells[row * this.columns + column];
  }

  public *[Symbol.iterator](): Generator<GuildRow> {
    for (let row = 0; row < this.high.length; row++) {
      const id = { high: this.high[row] ?? 0, low: this.low[row] ?? 0 };
      yield { guild: joinId(id), numbers: this.numbersOf(row) };
    }
    for (const [guild, row] of this.named) yield { guild, numbers: this.numbersOf(row) };
  }

  private numbersOf(row: number): readonly number[] {
    return [...this.cells.subarray(row * this.columns, (row + 1) * this.columns)];
  }

  private find({ high, low }: SplitId): number {
    let from = 0;
    let to = this.high.length - 1;
    while (from <= to) {
      const middle = (from + to) >>> 1;
      const difference = (this.high[middle] ?? 0) - high || (this.low[middle] ?? 0) - low;
      if (difference === 0) return middle;
      if (difference < 0) from = middle + 1;
      else to = middle - 1;
    }
    return -1;
  }
}
