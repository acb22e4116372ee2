import { rememberedMs } from '../records.js';
import type { Ledger, LedgerRow } from '../Store.js';
import { forget } from './commit.js';
import type { LmdbFile, LmdbRow } from './LmdbFile.js';

/** One record a row, numbered within its series, and an index of the names. */
export class LmdbLedger implements Ledger {
  public constructor(
    private readonly file: LmdbFile,
    private readonly now: () => number,
  ) {}

  public async append(batch: string, rows: readonly LedgerRow[]): Promise<void> {
    if (rows.length === 0) return;
    const { file } = this;
    const packed = rows.map(({ series, row }) => ({ series, text: base64(row) }));
    await file.write(() => {
      const now = this.now();
      if (file.get(['ledgerBatch', batch]) !== undefined) return;
      file.put(['ledgerBatch', batch], '');
      file.put(['ledgerBatchAt', now, batch], '');
      forget(file, 'ledgerBatchAt', 'ledgerBatch', now - rememberedMs);
      for (const { series, text } of packed) {
        file.put(['series', series], '');
        file.put(['ledger', series, this.newest(series) + 1], text);
      }
    });
  }

  public async read(series: string): Promise<readonly Uint8Array[]> {
    this.file.refresh();
    return [...this.file.rows(['ledger', series])].map(({ value }) => Buffer.from(value, 'base64'));
  }

  public async series(from: string, to: string): Promise<readonly string[]> {
    this.file.refresh();
    return [...this.file.rows(['series'], { from, to })].map(({ key }) => String(key[1]));
  }

  /** The row takes the number of the newest that it replaces: what came since stays behind it. */
  public async fold(series: string, rows: readonly Uint8Array[], into: Uint8Array): Promise<boolean> {
    const { file } = this;
    const expected = rows[0] && base64(rows[0]);
    const text = base64(into);
    return file.write(() => {
      const oldest: LmdbRow[] = [...file.rows(['ledger', series], { limit: rows.length })];
      const last = oldest.at(-1);
      // Every fold replaces the oldest row, so that one tells.
      if (last === undefined || oldest.length < rows.length || oldest[0]?.value !== expected) return false;
      for (const { key } of oldest) file.remove(key);
      file.put(last.key, text);
      return true;
    });
  }

  public async drop(series: readonly string[]): Promise<void> {
    const { file } = this;
    await file.write(() => {
      for (const name of series) {
        for (const { key } of [...file.rows(['ledger', name])]) file.remove(key);
        file.remove(['series', name]);
      }
    });
  }

  private newest(series: string): number {
    for (const { key } of this.file.rowsBackward(['ledger', series])) return Number(key[2]);
    return 0;
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
