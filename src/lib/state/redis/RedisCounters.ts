import { rememberedMs } from '../records.js';
import type { CounterAddition, Counters } from '../Store.js';
import type { RedisKeys } from './keys.js';
import { script, type RedisCalls } from './RedisCalls.js';
import { pairs, texts } from './replies.js';

const count = script('count');

export class RedisCounters implements Counters {
  public constructor(
    private readonly calls: RedisCalls,
    private readonly keys: RedisKeys,
  ) {}

  public async add(batch: string, additions: readonly CounterAddition[]): Promise<void> {
    if (additions.length === 0) return;
    const keys = [
      this.keys.batch(batch),
      this.keys.buckets,
      ...additions.map(({ bucket }) => this.keys.bucket(bucket)),
    ];
    const args = additions.flatMap(({ bucket, field, by }) => [bucket, field, by]);
    await this.calls.run('write', count, keys, [rememberedMs, ...args]);
  }

  public async read(bucket: string): Promise<ReadonlyMap<string, number>> {
    const key = this.keys.bucket(bucket);
    const fields = pairs(await this.calls.command('read', key, ['HGETALL', key]));
    return new Map([...fields].map(([field, value]) => [field, Number(value)]));
  }

  public async buckets(prefix: string): Promise<readonly string[]> {
    const { buckets } = this.keys;
    const range = prefix === '' ? ['-', '+'] : [`[${prefix}`, `(${prefix}\u{10ffff}`];
    const names = texts(await this.calls.command('read', buckets, ['ZRANGEBYLEX', buckets, ...range]));
    return names.sort();
  }

  public async drop(buckets: readonly string[]): Promise<void> {
    if (buckets.length === 0) return;
    const keys = buckets.map((bucket) => this.keys.bucket(bucket));
    await this.calls.command('write', this.keys.buckets, ['UNLINK', ...keys]);
    await this.calls.command('write', this.keys.buckets, ['ZREM', this.keys.buckets, ...buckets]);
  }
}
