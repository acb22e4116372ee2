import { rememberedMs } from '../records.js';
import type { Ledger, LedgerRow } from '../Store.js';
import type { RedisKeys } from './keys.js';
import { script, type RedisCalls } from './RedisCalls.js';
import { texts } from './replies.js';

const append = script('append');
const fold = script('fold');

/** A list a series, rows in base64, and an index of the names. */
export class RedisLedger implements Ledger {
  public constructor(
    private readonly calls: RedisCalls,
    private readonly keys: RedisKeys,
  ) {}

  public async append(batch: string, rows: readonly LedgerRow[]): Promise<void> {
    if (rows.length === 0) return;
    const { keys } = this;
    const names = rows.map(({ series }) => keys.series(series));
    const args = rows.flatMap(({ series, row }) => [series, base64(row)]);
    await this.calls.run(
      'write',
      append,
      [keys.ledgerBatch(batch), keys.seriesIndex, ...names],
      [rememberedMs, ...args],
    );
  }

  public async read(series: string): Promise<readonly Uint8Array[]> {
    const key = this.keys.series(series);
    const rows = texts(await this.calls.command('read', key, ['LRANGE', key, '0', '-1']));
    return rows.map((row) => Buffer.from(row, 'base64'));
  }

  public async series(from: string, to: string): Promise<readonly string[]> {
    const { seriesIndex } = this.keys;
    const range = ['ZRANGEBYLEX', seriesIndex, `[${from}`, `(${to}`];
    return texts(await this.calls.command('read', seriesIndex, range));
  }

  public async fold(series: string, rows: readonly Uint8Array[], into: Uint8Array): Promise<boolean> {
    const [oldest] = rows;
    if (oldest === undefined) return false;
    const key = this.keys.series(series);
    const args = [rows.length, base64(oldest), base64(into)];
    return (await this.calls.run('write', fold, [key], args)) === 1;
  }

  public async drop(series: readonly string[]): Promise<void> {
    if (series.length === 0) return;
    const { seriesIndex } = this.keys;
    const keys = series.map((name) => this.keys.series(name));
    await this.calls.command('write', seriesIndex, ['UNLINK', ...keys]);
    await this.calls.command('write', seriesIndex, ['ZREM', seriesIndex, ...series]);
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
