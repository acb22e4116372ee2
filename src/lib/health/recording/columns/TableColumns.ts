/** What guilds did in one span, in columns: a row is an index. */

/** Bits of {@link TableColumns.kinds}: how an arm came to a guild. */
export const canaryBit = 1;
export const randomisedBit = 2;
/** How many kinds of rows a guild may have. */
export const kindCount = 4;

export interface TableColumns {
  /** By row: the guild's number. */
  readonly guilds: Int32Array;
  /** By row: {@link canaryBit} and {@link randomisedBit}. */
  readonly kinds: Uint8Array;
  /** By row: judged commands, and unexpected errors among them. */
  readonly runs: Uint32Array;
  readonly failures: Uint32Array;
  /** Where each row's entries begin in the two columns below; one more than there are rows. */
  readonly starts: Int32Array;
  /** By entry: a coarse bucket, and how many runs took so long. A bucket may come twice in a row. */
  readonly buckets: Int32Array;
  readonly counts: Uint32Array;
}

type Column = Int32Array | Uint8Array | Uint32Array;

const firstSize = 256;

/** Columns that grow, and are used again and again: making them anew for every few hundred rows costs more than filling them. */
export class ColumnWriter {
  private rows = 0;
  private guilds = new Int32Array(firstSize);
  private kinds = new Uint8Array(firstSize);
  private runs = new Uint32Array(firstSize);
  private failures = new Uint32Array(firstSize);
  private entries = 0;
  private entryRows = new Int32Array(firstSize);
  private buckets = new Int32Array(firstSize);
  private counts = new Uint32Array(firstSize);

  /** Forgets all rows. */
  public clear(): void {
    this.rows = 0;
    this.entries = 0;
  }

  /** Hands every row, and after it every entry, on to another. @param rowOf its row there, by guild and kind */
  public addTo(other: ColumnWriter, rowOf: (guild: number, kind: number) => number): void {
    const { guilds, kinds, runs, failures, entryRows, buckets, counts } = this;
    for (let row = 0, entry = 0; row < this.rows; row++) {
      const into = rowOf(guilds[row]!, kinds[row]!);
      other.add(into, runs[row]!, failures[row]!);
      for (; entry < this.entries && entryRows[entry] === row; entry++)
        other.entry(into, buckets[entry]!, counts[entry]!);
    }
  }

  /** @returns its index */
  public row(guild: number, kind: number): number {
    if (this.rows === this.guilds.length) this.growRows();
    const row = this.rows++;
    this.guilds[row] = guild;
    this.kinds[row] = kind;
    this.runs[row] = 0;
    this.failures[row] = 0;
    return row;
  }

  public add(row: number, runs: number, failures: number): void {
    this.runs[row]! += runs;
    this.failures[row]! += failures;
  }

  public entry(row: number, bucket: number, count: number): void {
    if (this.entries === this.buckets.length) this.growEntries();
    const entry = this.entries++;
    this.entryRows[entry] = row;
    this.buckets[entry] = bucket;
    this.counts[entry] = count;
  }

  /** Entries of one row lie together then, in the order in which they came. */
  public columns(): TableColumns {
    const { rows, entries, entryRows } = this;
    const starts = new Int32Array(rows + 1);
    for (let entry = 0; entry < entries; entry++) starts[entryRows[entry]! + 1]!++;
    for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!;
    const next = starts.slice();
    const [buckets, counts] = [new Int32Array(entries), new Uint32Array(entries)];
    for (let entry = 0; entry < entries; entry++) {
      const at = next[entryRows[entry]!]!++;
      buckets[at] = this.buckets[entry]!;
      counts[at] = this.counts[entry]!;
    }
    return {
      guilds: this.guilds.slice(0, rows),
      kinds: this.kinds.slice(0, rows),
      runs: this.runs.slice(0, rows),
      failures: this.failures.slice(0, rows),
      ...{ starts, buckets, counts },
    };
  }

  private growRows(): void {
    this.guilds = larger(this.guilds, Int32Array);
    this.kinds = larger(this.kinds, Uint8Array);
    this.runs = larger(this.runs, Uint32Array);
    this.failures = larger(this.failures, Uint32Array);
  }

  private growEntries(): void {
    this.entryRows = larger(this.entryRows, Int32Array);
    this.buckets = larger(this.buckets, Int32Array);
    this.counts = larger(this.counts, Uint32Array);
  }
}

function larger<T extends Column>(column: T, make: new (size: number) => T): T {
  const grown = new make(2 * column.length);
  grown.set(column);
  return grown;
}
