/** Which flags are still asked about: counted in memory, added up in state by day. */
import type { Clock } from '../core/Clock.js';
import { newId, type RandomBytes } from '../core/ids.js';
import type { Counters } from '../state/Store.js';

const bucketPrefix = 'evaluations:';
const dayMs = 86_400_000;
/** Long enough to tell that a flag was not used for a month. */
const keptDays = 60;

export class Usage {
  private readonly lastDays = new Map<string, number>();
  private readonly totals = new Map<string, number>();
  /** Counted since the last batch was made. */
  private uncounted = new Map<string, number>();
  /** Added up here and not yet in state, under the id that makes a second try harmless. */
  private pending:
    | { readonly batch: string; readonly day: string; readonly counts: ReadonlyMap<string, number> }
    | undefined;
  private hasRead = false;

  /** @param clock domain time */
  public constructor(
    private readonly counters: Counters,
    private readonly clock: Clock,
    private readonly random: RandomBytes,
    /** Evaluations by flag since the last call. */
    private readonly take: () => ReadonlyMap<string, number>,
  ) {}

  /** Once a minute: adds what was counted, reads what others added. Throws Unavailable; nothing is lost by that. */
  public async flush(): Promise<void> {
    const today = dayOf(this.clock.now());
    if (this.pending === undefined) {
      this.collect();
      if (this.uncounted.size > 0) {
        this.pending = { batch: newId(20, this.random), day: today, counts: this.uncounted };
        this.uncounted = new Map();
      }
    }
    if (this.pending !== undefined) {
      const { batch, day, counts } = this.pending;
      const bucket = bucketPrefix + day;
      await this.counters.add(
        batch,
        [...counts].map(([field, by]) => ({ bucket, field, by })),
      );
      this.pending = undefined;
    }
    const days = this.hasRead ? [today] : await this.days();
    for (const day of days) await this.read(day);
    this.hasRead = true;
  }

  /** The last day (UTC midnight, ms since epoch) that is known of; undefined = none within two months. */
  public lastUsed(flag: string): number | undefined {
    this.collect();
    // What this process was asked for just now counts before it is flushed.
    return this.uncounted.has(flag) ? Date.parse(dayOf(this.clock.now())) : this.lastDays.get(flag);
  }

  /** Evaluations by flag since the process began. */
  public get evaluations(): ReadonlyMap<string, number> {
    this.collect();
    return this.totals;
  }

  private collect(): void {
    for (const [flag, count] of this.take()) {
      for (const sums of [this.totals, this.uncounted]) sums.set(flag, (sums.get(flag) ?? 0) + count);
    }
  }

  private async read(day: string): Promise<void> {
    const at = Date.parse(day);
    for (const flag of (await this.counters.read(bucketPrefix + day)).keys()) {
      if (at > (this.lastDays.get(flag) ?? 0)) this.lastDays.set(flag, at);
    }
  }

  private async days(): Promise<readonly string[]> {
    const buckets = await this.counters.buckets(bucketPrefix);
    const oldest = bucketPrefix + dayOf(this.clock.now() - keptDays * dayMs);
    const outlived = buckets.filter((bucket) => bucket < oldest);
    if (outlived.length > 0) await this.counters.drop(outlived);
    return buckets.filter((bucket) => bucket >= oldest).map((bucket) => bucket.slice(bucketPrefix.length));
  }
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
