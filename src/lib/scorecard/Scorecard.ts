/** Was it worth it? Nine figures of the bot, eight of its engineering, each with target, interval, trend and verdict. */
import type { Clock } from '../core/Clock.js';
import { newId, type RandomBytes } from '../core/ids.js';
import { type Json, plain } from '../core/Json.js';
import type { Actor } from '../flags/changes.js';
import { commitWithRetry } from '../state/committing/commitWithRetry.js';
import type { Store, StoredDocument } from '../state/Store.js';
import { baselineKey, readBaseline } from './baseline.js';
import { type Day, dayMs, dayOf } from './Day.js';
import { engineeringFigures } from './engineering/engineeringFigures.js';
import { readPush } from './engineering/readPush.js';
import { allSeries, metricsKey, type Series, withPush } from './engineering/series.js';
import { NoDaysYet } from './errors.js';
import { figures } from './figures.js';
import type { Baseline } from './Material.js';
import { readDays, type ReadingOptions, readMaterial, readSaid } from './reading.js';
import type { Daily, ScorecardReport, ScorecardRoom } from './ScorecardRoom.js';
import { errorRate, memory, responseTime, storeTrip } from './statistics.js';

export interface ScorecardOptions extends ReadingOptions {
  readonly store: Pick<Store, 'counters' | 'ledger' | 'commit' | 'getMany' | 'time'>;
  /** Domain time. */
  readonly clock: Clock;
  readonly random: RandomBytes;
}

const chartDays = 30;
const fewestDays = 3;
const mostGaps = 5;
/** How long a commit may be under way, ms of the store's time. */
const withinMs = 1_500;

export class Scorecard implements ScorecardRoom {
  public constructor(private readonly options: ScorecardOptions) {}

  public async report(): Promise<ScorecardReport> {
    const now = this.options.clock.now();
    const [set, pushed] = await this.options.store.getMany('settings', [baselineKey, metricsKey]);
    const baseline = readBaseline(set ?? null);
    const series = seriesOf(pushed);
    const material = await readMaterial(this.options, now, baseline, series);
    const today = dayOf(now);
    const days = await readDays(this.options.store.counters, today - chartDays * dayMs, today);
    const daily = (of: (days: readonly Day[]) => number | null): Daily => ({
      points: eachDay(days, today).map(([at, day]) => [at, day === undefined ? null : of([day])]),
      usual: baseline === null ? null : of(baseline.days),
    });
    return {
      at: now,
      figures: figures(material),
      engineering: engineeringFigures(series),
      baseline: baseline && { from: baseline.from, to: baseline.to, setBy: baseline.setBy.name },
      gaps: [...(material.uptime?.gaps ?? [])].slice(-mostGaps).reverse(),
      daily: {
        errors: daily(errorRate),
        responseTimes: daily(responseTime),
        memory: daily(memory),
        store: daily(storeTrip),
      },
    };
  }

  public async setBaseline(by: Actor): Promise<ScorecardReport> {
    const { clock, store } = this.options;
    const now = clock.now();
    const [from, end] = [dayOf(now) - 7 * dayMs, dayOf(now)];
    const days = await readDays(store.counters, from, end);
    if (days.length < fewestDays) throw new NoDaysYet(days.length);
    const { reports } = await readSaid(this.options, from, end);
    const setBy = { id: by.id, name: by.name, at: now };
    const baseline: Baseline = { from, to: end - dayMs, days, reports, setBy };
    const title = 'Set the baseline of the scorecard';
    await this.write(baselineKey, () => ({ baseline: asJson(baseline) }), {
      audit: [asJson({ kind: 'scorecard', by: setBy, title })],
    });
    return this.report();
  }

  public async takeMetrics(body: unknown, delivery?: string): Promise<string> {
    const push = readPush(body);
    const at = this.options.clock.now();
    await this.write(
      metricsKey,
      (document) => ({ series: asJson(withPush(seriesOf(document), { ...push, at })) }),
      delivery === undefined ? {} : { op: delivery },
    );
    const names = [...new Set([...Object.keys(push.metrics), ...Object.keys(push.baseline)])];
    return `Taken in: ${names.join(', ')}.`;
  }

  /** Read, changed, written; and again where somebody else was first. */
  private async write(
    key: string,
    change: (document: StoredDocument | null) => Readonly<Record<string, Json>>,
    { op, audit = [] }: { readonly op?: string; readonly audit?: readonly Json[] },
  ): Promise<void> {
    const { store, random } = this.options;
    await commitWithRetry(store, async () => {
      const [document = null] = await store.getMany('settings', [key]);
      const next = { schema: 1, ...change(document) };
      return {
        op: op ?? newId(20, random),
        notAfter: (await store.time()) + withinMs,
        changes: [{ ns: 'settings', key, expect: document?.v ?? 0, next }],
        audit,
        outbox: [],
      };
    });
  }
}

/** From the first day that was measured: one on which nothing was is a gap, and none that is left out. */
function eachDay(
  days: readonly Day[],
  end: number,
): readonly (readonly [at: number, day: Day | undefined])[] {
  const byDay = new Map(days.map((day) => [day.day, day]));
  const from = days[0]?.day ?? end;
  return Array.from({ length: (end - from) / dayMs }, (_, nth) => {
    const at = from + nth * dayMs;
    return [at, byDay.get(at)];
  });
}

/** Plain data as the store takes it. */
function asJson(data: object): Json {
  return plain(data);
}

function seriesOf(document: StoredDocument | null | undefined): Readonly<Record<string, Series>> {
  const read = allSeries.safeParse(document?.series);
  return read.success ? read.data : {};
}
