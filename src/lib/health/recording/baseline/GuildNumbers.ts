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
  private readonly cells: Float32Array;
  /** Guilds whose id is no snowflake. */
  private readonly named = new Map<string, readonly number[]>();

  public constructor(
    private readonly columns: number,
    rows: Iterable<GuildRow>,
  ) {
    const numbered: { id: SplitId; numbers: readonly number[] }[] = [];
    for (const { guild, numbers } of rows) {
      const id = splitId(guild);
      if (id === undefined) this.named.set(guild, numbers);
      else numbered.push({ id, numbers });
    }
    numbered.sort((a, b) => compareIds(a.id, b.id));
    this.high = Float64Array.from(numbered, ({ id }) => id.high);
    this.low = Uint32Array.from(numbered, ({ id }) => id.low);
    this.cells = new Float32Array(numbered.length * columns);
    numbered.forEach(({ numbers }, row) => this.cells.set(numbers, row * columns));
  }

  /** undefined where the guild is not in it. */
  public get(guild: string, column: number): number | undefined {
    const id = splitId(guild);
    if (id === undefined) return this.named.get(guild)?.[column];
    const row = this.find(id);
    return row === undefined ? undefined : this.cells[row * this.columns + column];
  }

  public *[Symbol.iterator](): Generator<GuildRow> {
    for (let row = 0; row < this.high.length; row++) {
      const id = { high: this.high[row] ?? 0, low: this.low[row] ?? 0 };
      const numbers = [...this.cells.subarray(row * this.columns, (row + 1) * this.columns)];
      yield { guild: joinId(id), numbers };
    }
    for (const [guild, numbers] of this.named) yield { guild, numbers };
  }

  private find({ high, low }: SplitId): number | undefined {
    let from = 0;
    let to = this.high.length - 1;
    while (from <= to) {
      const middle = (from + to) >>> 1;
      const difference = (this.high[middle] ?? 0) - high || (this.low[middle] ?? 0) - low;
      if (difference === 0) return middle;
      if (difference < 0) from = middle + 1;
      else to = middle - 1;
    }
    return undefined;
  }
}
