import { rememberedMs } from '../records.js';
import type { CounterAddition, Counters } from '../Store.js';
import { forget } from './commit.js';
import type { LmdbFile } from './LmdbFile.js';

export class LmdbCounters implements Counters {
  public constructor(
    private readonly file: LmdbFile,
    private readonly now: () => number,
  ) {}

  public async add(batch: string, additions: readonly CounterAddition[]): Promise<void> {
    await this.file.write(() => {
      const now = this.now();
      if (this.file.get(['batch', batch]) !== undefined) return;
      this.file.put(['batch', batch], '');
      this.file.put(['batchAt', now, batch], '');
      forget(this.file, 'batchAt', 'batch', now - rememberedMs);
      for (const { bucket, field, by } of additions) {
        const value = Number(this.file.get(['count', bucket, field]) ?? 0);
        this.file.put(['count', bucket, field], String(value + by));
      }
    });
  }

  public async read(bucket: string): Promise<ReadonlyMap<string, number>> {
    this.file.refresh();
    const rows = [...this.file.rows(['count', bucket])];
    return new Map(rows.map(({ key, value }) => [String(key[2]), Number(value)]));
  }

  public async buckets(prefix: string): Promise<readonly string[]> {
    this.file.refresh();
    return [...this.file.groups('count', prefix, `${prefix}\u{10ffff}`)].sort();
  }

  public async drop(buckets: readonly string[]): Promise<void> {
    await this.file.write(() => {
      for (const bucket of buckets)
        for (const { key } of [...this.file.rows(['count', bucket])]) this.file.remove(key);
    });
  }
}
