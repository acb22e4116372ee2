/** The judge's reader over the store. */
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../core/Clock.js';
import type { Blobs, Ledger } from '../../state/Store.js';
import { freezeBaseline } from './baseline/freeze.js';
import { FrozenBaseline } from './baseline/FrozenBaseline.js';
import type {
  BaseCounts,
  BaseSums,
  BaseUnit,
  Baseline,
  HealthRecords,
  RecentBase,
  SummedBase,
} from './HealthRecords.js';
import { LedgerRows } from './LedgerRows.js';
import type { UnitTable } from './columns/UnitTable.js';
import { unpackReport, type ProcessReport } from './ProcessReport.js';
import { baseSeries, rolloutSeries } from './seriesNames.js';
import { unitOf } from './unitOf.js';

export interface LedgerRecordsOptions {
  readonly ledger: Ledger;
  /** Room `processes`. */
  readonly processes: Blobs;
  /** Room `baselines`. */
  readonly baselines: Blobs;
  /** Domain time. */
  readonly clock: Clock;
  /** The store's own (real) time. */
  readonly storeTime: () => Promise<number>;
  readonly warn: (message: string, cause?: unknown) => void;
}

/** A process that is silent for longer is gone: it is neither waited for nor counted. */
export const silentMs = 90_000;

export class LedgerRecords implements HealthRecords, RecentBase, SummedBase {
  private readonly rows: LedgerRows;
  /** Frozen ones never change. */
  private readonly frozen = new Map<string, Baseline>();

  public constructor(private readonly options: LedgerRecordsOptions) {
    this.rows = new LedgerRows(options.ledger, options.warn);
  }

  public async units(rolloutId: string, unit: number): Promise<UnitTable> {
    return (await this.rows.read([rolloutSeries(rolloutId, unit)])).table;
  }

  public async recent(rolloutId: string, sinceMs: number, settledUntil?: number | null): Promise<UnitTable> {
    const now = this.options.clock.now();
    const settled = settledUntil === undefined ? await this.settledUntil() : settledUntil;
    const since = sinceMs - Math.max(0, now - (settled ?? now));
    const [from, to] = [unitOf(since), unitOf(now)];
    const units = Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => from + n);
    const read = await this.rows.read(
      units.map((unit) => rolloutSeries(rolloutId, unit)),
      since,
    );
    return read.table;
  }

  public async baseUnits(fromUnit: number, toUnit: number): Promise<readonly BaseUnit[]> {
    const units: BaseUnit[] = [];
    for (let unit = fromUnit; unit <= toUnit; unit++) {
      const { table } = await this.rows.read([baseSeries(unit)]);
      if (table.size > 0) units.push({ unit, guilds: [...table] });
    }
    return units;
  }

  public async baseBetween(fromMs: number, toMs: number): Promise<readonly BaseCounts[]> {
    // A flush is written to the unit in which it began: one that ended in the span may stand in the unit before.
    const [first, last] = [unitOf(fromMs) - 1, unitOf(toMs)];
    const units = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);
    const { table } = await this.rows.read(units.map(baseSeries), fromMs, toMs);
    return [...table];
  }

  public async baseSums(fromUnit: number, toUnit: number): Promise<readonly BaseSums[]> {
    const units: BaseSums[] = [];
    for (let unit = fromUnit; unit <= toUnit; unit++) {
      const { table } = await this.rows.read([baseSeries(unit)]);
      const { sums } = table;
      if (sums.runs > 0) units.push({ unit, ...sums });
      // An embedded store answers at once: without this a week would be read in one breath.
      await setImmediate(undefined);
    }
    return units;
  }

  public async processes(): Promise<readonly ProcessReport[]> {
    const { processes, storeTime } = this.options;
    const [blobs, now] = await Promise.all([processes.all(), storeTime()]);
    return blobs
      .filter(({ at }) => now - at < silentMs)
      .map(({ owner, at, blob }) => unpackReport(owner, at, blob))
      .filter((report) => report !== undefined);
  }

  public async lastFlushAt(): Promise<number | null> {
    const blobs = await this.options.processes.all();
    return blobs.length === 0 ? null : Math.max(...blobs.map(({ at }) => at));
  }

  public async settledUntil(): Promise<number | null> {
    const reports = await this.processes();
    return reports.length === 0 ? null : Math.min(...reports.map(({ flushedUntil }) => flushedUntil));
  }

  public async freeze(rolloutId: string, now: number): Promise<Baseline> {
    const kept = await this.baseline(rolloutId);
    if (kept !== undefined) return kept;
    const frozen = await freezeBaseline(
      now,
      async (unit) => (await this.rows.read([baseSeries(unit)])).table,
      async () => setImmediate(undefined),
    );
    const blob = await frozen.packed();
    await this.options.baselines.put(rolloutId, blob);
    // As every other process will read it, to the last digit.
    const baseline = await FrozenBaseline.unpack(blob);
    this.frozen.set(rolloutId, baseline);
    return baseline;
  }

  public async baseline(rolloutId: string): Promise<Baseline | undefined> {
    const known = this.frozen.get(rolloutId);
    if (known !== undefined) return known;
    const found = await this.options.baselines.get(rolloutId);
    if (found === undefined) return undefined;
    const baseline = await FrozenBaseline.unpack(found.blob);
    this.frozen.set(rolloutId, baseline);
    return baseline;
  }

  public async forgetBaseline(rolloutId: string): Promise<void> {
    await this.options.baselines.remove(rolloutId);
    this.frozen.delete(rolloutId);
  }
}
