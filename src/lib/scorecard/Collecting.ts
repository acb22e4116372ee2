/** The lease holder's part: adds up every quarter hour, once it is whole, to its day, and samples memory and the store. */
import type { Clock } from '../core/Clock.js';
import { newId, type RandomBytes } from '../core/ids.js';
import { median } from '../health/judging/hardLimits/theilSen.js';
import { fineBucket } from '../health/judging/latencyBuckets.js';
import { unitMs } from '../health/judging/units.js';
import type { HealthRecords } from '../health/recording/HealthRecords.js';
import type { CounterAddition, Fence, Store } from '../state/Store.js';
import { bucketOf, dayOf, everyDay, fields, outlived } from './Day.js';
import { foldHeartbeats } from './heartbeatDays.js';

export interface CollectingOptions {
  readonly store: Pick<Store, 'commit' | 'getMany' | 'time' | 'counters' | 'health'>;
  readonly records: Pick<HealthRecords, 'baseUnits' | 'settledUntil' | 'processes'>;
  /** Domain time. */
  readonly clock: Clock;
  readonly random: RandomBytes;
}

const key = 'scorecard.collected';
/** As many as a day has, so that one turn never takes long. */
const mostUnits = 96;
const mebibyte = 1024 * 1024;
/** A flush of a slow process may still come. */
const graceMs = 60_000;

export class Collecting {
  public constructor(private readonly options: CollectingOptions) {}

  /** Throws Unavailable. Where a process dies in it, the next one counts the same again under the same ids. */
  public async turn(fence: Fence): Promise<void> {
    await this.sample();
    const { store, clock } = this.options;
    const [document = null] = await store.getMany('settings', [key]);
    const settled = (await this.options.records.settledUntil()) ?? 0;
    const end = Math.floor((Math.min(settled, clock.now()) - graceMs) / unitMs);
    const until = typeof document?.until === 'number' ? document.until : end;
    const next = Math.min(end, until + mostUnits);
    if (next <= until && document !== null) return;
    for (let unit = until; unit < next; unit++) await this.take(unit);
    await store.commit({
      op: newId(20, this.options.random),
      notAfter: (await store.time()) + 1_500,
      fence,
      changes: [
        { ns: 'settings', key, expect: document?.v ?? 0, next: { schema: 1, until: Math.max(until, next) } },
      ],
      audit: [],
      outbox: [],
    });
    await this.forget();
  }

  private async take(unit: number): Promise<void> {
    const { records, store } = this.options;
    const bucket = bucketOf(dayOf(unit * unitMs));
    const sums = new Map<string, number>();
    const count = (field: string, by: number): void => void sums.set(field, (sums.get(field) ?? 0) + by);
    for (const { guilds } of await records.baseUnits(unit, unit)) {
      for (const { runs, failures, durations } of guilds) {
        count(fields.runs, runs);
        count(fields.failures, failures);
        for (const [at, some] of Object.entries(durations)) count(fields.duration(at), some);
      }
    }
    const additions = [...sums].filter(([, by]) => by > 0).map(([field, by]) => ({ bucket, field, by }));
    if (additions.length > 0) await store.counters.add(`scorecard.${unit}`, additions);
  }

  private async sample(): Promise<void> {
    const { store, records, clock, random } = this.options;
    const bucket = bucketOf(dayOf(clock.now()));
    const [{ latencyMs }, processes] = await Promise.all([store.health(), records.processes()]);
    const bytes = processes.flatMap(({ memory }) => memory.at(-1)?.bytes ?? []);
    const additions: CounterAddition[] = [];
    if (latencyMs !== undefined)
      additions.push({ bucket, field: fields.storeTrip(fineBucket(latencyMs)), by: 1 });
    if (bytes.length > 0) {
      additions.push(
        { bucket, field: fields.mebibytes, by: Math.round(median(bytes) / mebibyte) },
        { bucket, field: fields.memorySamples, by: 1 },
      );
    }
    if (additions.length > 0) await store.counters.add(newId(20, random), additions);
  }

  private async forget(): Promise<void> {
    const { store, clock } = this.options;
    const now = clock.now();
    const old = (await store.counters.buckets(everyDay)).filter((bucket) => outlived(bucket, now));
    if (old.length > 0) await store.counters.drop(old);
    await foldHeartbeats(store.counters, now);
  }
}
