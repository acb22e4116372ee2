/** Counts in memory what every process of the bot counts, and adds it up in state by day. */
import type { Clock } from '../core/Clock.js';
import { newId, type RandomBytes } from '../core/ids.js';
import type { Counters } from './Store.js';

const dayMs = 86_400_000;

interface Batch {
  /** Makes a second try harmless. */
  readonly id: string;
  readonly bucket: string;
  readonly counts: ReadonlyMap<string, number>;
}

export interface DailyCountsOptions {
  readonly counters: Counters;
  /** Domain time: says which day it is (UTC). */
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** What the buckets' names begin with: `deprecations:`. */
  readonly prefix: string;
  /** Older days are dropped. */
  readonly keptDays: number;
}

export class DailyCounts {
  private uncounted = new Map<string, number>();
  private pending: Batch | undefined;

  public constructor(private readonly options: DailyCountsOptions) {}

  public add(field: string, by = 1): void {
    this.uncounted.set(field, (this.uncounted.get(field) ?? 0) + by);
  }

  /** Adds what was counted since. Throws Unavailable; nothing is lost by that, and nothing is counted twice. */
  public async flush(): Promise<void> {
    const { counters, random, prefix } = this.options;
    if (this.pending === undefined && this.uncounted.size > 0) {
      this.pending = { id: newId(20, random), bucket: prefix + this.day(0), counts: this.uncounted };
      this.uncounted = new Map();
    }
    if (this.pending === undefined) return;
    const { id, bucket, counts } = this.pending;
    await counters.add(
      id,
      [...counts].map(([field, by]) => ({ bucket, field, by })),
    );
    this.pending = undefined;
    await this.dropOutlived();
  }

  /** What all processes have flushed, and what this one has counted since: field by field, day by day (UTC midnight, ms since epoch), oldest first. */
  public async read(): Promise<
    readonly { readonly day: number; readonly counts: ReadonlyMap<string, number> }[]
  > {
    const { counters, prefix } = this.options;
    const today = prefix + this.day(0);
    const known = (await counters.buckets(prefix)).filter((bucket) => bucket >= this.oldest);
    const isNew = this.uncounted.size > 0 && !known.includes(today);
    return Promise.all(
      [...known, ...(isNew ? [today] : [])].map(async (bucket) => {
        const counts = await counters.read(bucket);
        // Whoever has just used something finds it counted, and not a minute later.
        return {
          day: Date.parse(bucket.slice(prefix.length)),
          counts: bucket === today ? summed(counts, this.uncounted) : counts,
        };
      }),
    );
  }

  private async dropOutlived(): Promise<void> {
    const { counters, prefix } = this.options;
    const outlived = (await counters.buckets(prefix)).filter((bucket) => bucket < this.oldest);
    if (outlived.length > 0) await counters.drop(outlived);
  }

  private get oldest(): string {
    return this.options.prefix + this.day(this.options.keptDays);
  }

  private day(ago: number): string {
    return new Date(this.options.clock.now() - ago * dayMs).toISOString().slice(0, 10);
  }
}

function summed(
  counts: ReadonlyMap<string, number>,
  more: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const sum = new Map(counts);
  for (const [field, by] of more) sum.set(field, (sum.get(field) ?? 0) + by);
  return sum;
}
