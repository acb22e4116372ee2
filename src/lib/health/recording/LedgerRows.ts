/** Reads and folds the ledger's series as measurements. */
import type { Ledger } from '../../state/Store.js';
import { GuildNumbering } from './columns/GuildNumbering.js';
import { UnitTable } from './columns/UnitTable.js';
import { mergeAround, type MeasuredColumns } from './packing/MeasuredRows.js';
import { endOf, packTightly, unpackColumns } from './packing/pack.js';

export class LedgerRows {
  /** Kept between reads: whoever knows a guild by its number need not look it up again. */
  private readonly numbering = new GuildNumbering();
  /** Series with a row that could not be read: each is told of once. */
  private readonly damaged = new Set<string>();

  public constructor(
    private readonly ledger: Ledger,
    private readonly warn: (message: string, cause?: unknown) => void,
  ) {}

  /**
   * A row that cannot be read is left out, and told of: one damaged row must not blind the judge.
   *
   * @param since domain ms; rows that end before are left out, most of them without being read
   */
  public async read(series: string, since = Number.NEGATIVE_INFINITY): Promise<readonly MeasuredColumns[]> {
    const rows = await this.ledger.read(series);
    const unpacked = await Promise.all(rows.map((row) => this.unpack(series, row, since)));
    return unpacked.filter((measured) => measured !== undefined).filter(({ to }) => to > since);
  }

  /** What all rows of these series say together. @param since as in {@link read} */
  public async table(series: readonly string[], since?: number): Promise<UnitTable> {
    const parts = await Promise.all(series.map((name) => this.read(name, since)));
    return this.sum(parts.flat());
  }

  /** Makes one row of many; false where there was nothing to do. A series with a damaged row stays as it is. */
  public async fold(series: string): Promise<boolean> {
    const rows = await this.ledger.read(series);
    if (rows.length < 2) return false;
    const unpacked = await Promise.all(rows.map((row) => this.unpack(series, row)));
    const whole = unpacked.filter((measured) => measured !== undefined);
    if (whole.length < rows.length) return false;
    return this.ledger.fold(
      series,
      rows,
      await packTightly({ ...mergeAround(whole), rows: [...this.sum(whole)] }),
    );
  }

  private sum(parts: readonly MeasuredColumns[]): UnitTable {
    return UnitTable.sum(
      parts.map(({ columns }) => columns),
      this.numbering,
    );
  }

  private async unpack(
    series: string,
    row: Uint8Array,
    since = Number.NEGATIVE_INFINITY,
  ): Promise<MeasuredColumns | undefined> {
    try {
      if ((endOf(row) ?? Infinity) <= since) return undefined;
      return await unpackColumns(row, this.numbering);
    } catch (error) {
      if (!this.damaged.has(series))
        this.warn(`Measurements in "${series}" cannot be read and are left out.`, error);
      this.damaged.add(series);
      return undefined;
    }
  }
}
