/** Reads and folds the ledger's series as measurements. */
import type { Ledger } from '../../state/Store.js';
import { GuildNumbering } from './columns/GuildNumbering.js';
import { TableBuilder } from './columns/TableBuilder.js';
import { ColumnWriter } from './columns/TableColumns.js';
import { UnitTable } from './columns/UnitTable.js';
import { mergeAround, type MeasuredAround } from './packing/MeasuredRows.js';
import { endOf, inflated, packTightly, readInto } from './packing/pack.js';

/** Of some rows: what they say together, and of each all but its guilds. */
interface Sum {
  readonly table: UnitTable;
  readonly parts: readonly MeasuredAround[];
  /** Rows that could not be read. */
  readonly lost: number;
}

export class LedgerRows {
  /** Kept between reads: whoever knows a guild by its number need not look it up again. */
  private readonly numbering = new GuildNumbering();
  private readonly builder = new TableBuilder(this.numbering);
  private readonly part = new ColumnWriter();
  /** Series with a row that could not be read: each is told of once. */
  private readonly damaged = new Set<string>();

  public constructor(
    private readonly ledger: Ledger,
    private readonly warn: (message: string, cause?: unknown) => void,
  ) {}

  /**
   * A row that cannot be read is left out, and told of: one damaged row must not blind the judge.
   *
   * @param since domain ms; rows that end by then are left out, most of them without being read
   * @param until domain ms; rows that end after it are left out
   */
  public async read(
    series: readonly string[],
    since = Number.NEGATIVE_INFINITY,
    until = Number.POSITIVE_INFINITY,
  ): Promise<Sum> {
    const rows = await Promise.all(
      series.map(async (name) => (await this.ledger.read(name)).map((row) => ({ name, row }))),
    );
    return this.sum(rows.flat(), since, until);
  }

  /** Makes one row of many; false where there was nothing to do. A series with a damaged row stays as it is. */
  public async fold(series: string): Promise<boolean> {
    const rows = await this.ledger.read(series);
    if (rows.length < 2) return false;
    const { table, parts, lost } = await this.sum(
      rows.map((row) => ({ name: series, row })),
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    );
    if (lost > 0) return false;
    return this.ledger.fold(series, rows, await packTightly({ ...mergeAround(parts), rows: [...table] }));
  }

  private async sum(
    rows: readonly { readonly name: string; readonly row: Uint8Array }[],
    since: number,
    until: number,
  ): Promise<Sum> {
    let lost = 0;
    const wanted: { readonly name: string; readonly bytes: Uint8Array }[] = [];
    for (const { name, row } of rows) {
      try {
        if ((endOf(row) ?? Infinity) > since) wanted.push({ name, bytes: await inflated(row) });
      } catch (error) {
        lost++;
        this.tell(name, error);
      }
    }
    // From here on nothing waits: the builder and the part serve every reader.
    const parts: MeasuredAround[] = [];
    for (const { name, bytes } of wanted) {
      try {
        const around = readInto(bytes, this.numbering, this.part);
        if (around.to <= since || around.to > until) continue;
        parts.push(around);
        this.builder.add(this.part);
      } catch (error) {
        lost++;
        this.tell(name, error);
      }
    }
    return { table: new UnitTable(this.numbering, this.builder.take()), parts, lost };
  }

  private tell(series: string, error: unknown): void {
    if (!this.damaged.has(series))
      this.warn(`Measurements in "${series}" cannot be read and are left out.`, error);
    this.damaged.add(series);
  }
}
