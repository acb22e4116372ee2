/** Reads and folds the ledger's series as measurements. */
import type { Ledger } from '../../state/Store.js';
import type { MeasuredRows } from './packing/MeasuredRows.js';
import { mergeMeasured } from './packing/MeasuredRows.js';
import { endOf, packTightly, unpack } from './packing/pack.js';

export class LedgerRows {
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
  public async read(series: string, since = Number.NEGATIVE_INFINITY): Promise<readonly MeasuredRows[]> {
    const rows = await this.ledger.read(series);
    const unpacked = await Promise.all(rows.map((row) => this.unpack(series, row, since)));
    return unpacked.filter((measured) => measured !== undefined).filter(({ to }) => to > since);
  }

  /** Makes one row of many; false where there was nothing to do. A series with a damaged row stays as it is. */
  public async fold(series: string): Promise<boolean> {
    const rows = await this.ledger.read(series);
    if (rows.length < 2) return false;
    const unpacked = await Promise.all(rows.map((row) => this.unpack(series, row)));
    const whole = unpacked.filter((measured) => measured !== undefined);
    if (whole.length < rows.length) return false;
    return this.ledger.fold(series, rows, await packTightly(mergeMeasured(whole)));
  }

  private async unpack(
    series: string,
    row: Uint8Array,
    since = Number.NEGATIVE_INFINITY,
  ): Promise<MeasuredRows | undefined> {
    try {
      if ((endOf(row) ?? Infinity) <= since) return undefined;
      return await unpack(row);
    } catch (error) {
      if (!this.damaged.has(series))
        this.warn(`Measurements in "${series}" cannot be read and are left out.`, error);
      this.damaged.add(series);
      return undefined;
    }
  }
}
