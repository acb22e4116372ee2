/** Reads what one look rests on. */
import { riskRatioInterval, type RiskRatioInterval } from '../../health/judging/riskRatio.js';
import { unitMs } from '../../health/judging/units.js';
import type { BaseCounts, HealthRecords, RecentBase } from '../../health/recording/HealthRecords.js';
import { baselineOf } from './baselineOf.js';
import type { DeploymentDocument } from '../documents.js';
import { percentile } from './percentile.js';
import type { Arms } from './ports.js';
import type { Lately, Seen } from './Seen.js';
import type { MonitorSettings } from './Settings.js';
import { addTo, noSums } from './sums.js';

export type RecordsForMonitor = RecentBase &
  Pick<
    HealthRecords,
    'baseUnits' | 'processes' | 'settledUntil' | 'freeze' | 'baseline' | 'forgetBaseline' | 'lastFlushAt'
  >;

export interface LookingOptions {
  readonly records: RecordsForMonitor;
  readonly arms: Arms;
  /** The store's own (real) time. */
  readonly storeTime: () => Promise<number>;
}

const minuteMs = 60_000;
const spans = [5, 15, 30].map((minutes) => minutes * minuteMs);
/** As for a rollout's errors (judging.md). */
const alpha = 0.006;
/** So large that what is expected counts as known: the interval is then that of what was seen alone. */
const known = 1e9;

/** @param now domain time. Throws Unavailable */
export async function lookAt(
  document: DeploymentDocument,
  { minRuns }: Pick<MonitorSettings, 'minRuns'>,
  now: number,
  { records, arms, storeTime }: LookingOptions,
): Promise<Seen> {
  const [processes, realNow, judged] = await Promise.all([
    records.processes(),
    storeTime(),
    arms.judged(document.rollouts),
  ]);
  const settled = Math.min(
    now,
    processes.length === 0 ? now : Math.min(...processes.map(({ flushedUntil }) => flushedUntil)),
  );
  const since = deployedAt(document);
  const windows: Lately[] = [];
  for (const span of spans) {
    const from = Math.max(since, settled - span);
    const counts = settled > from ? await records.baseBetween(from, settled) : [];
    const lately = latelyOf(counts, Math.max(0, settled - from));
    windows.push(lately);
    if (lately.failures.runs >= minRuns || from === since) break;
  }
  const nothing = latelyOf([], 0);
  return {
    justNow: windows[0] ?? nothing,
    lately: windows.at(-1) ?? nothing,
    processes,
    realNow,
    sinceDeployed: await againstOwnPast(document, since, settled, records),
    arms: judged,
  };
}

/** Since when the new version runs. */
export function deployedAt({ entered, created }: DeploymentDocument): number {
  return entered.testing ?? entered.watching ?? created.at;
}

function latelyOf(counts: readonly BaseCounts[], spanMs: number): Lately {
  const sums = noSums();
  addTo(sums, counts);
  const { durations, ...failures } = sums;
  return { spanMs, failures, p95Ms: percentile(durations, 0.95) };
}

/**
 * Quarter hours of guilds with errors, over how many each guild's own last week lets one expect. The unit in which it was
 * deployed belongs to neither side. One that is not over can only hold too few errors, so that it never alarms falsely.
 */
async function againstOwnPast(
  document: DeploymentDocument,
  since: number,
  settled: number,
  records: RecordsForMonitor,
): Promise<RiskRatioInterval | null> {
  const baseline = await records.baseline(baselineOf(document));
  if (baseline === undefined || baseline.units === 0) return null;
  const [first, last] = [Math.ceil(since / unitMs), Math.floor((settled - 1) / unitMs)];
  if (last < first) return null;
  let bad = 0;
  let exposure = 0;
  for (const { guilds } of await records.baseUnits(first, last)) {
    for (const { guild, runs, failures } of guilds) {
      if (runs === 0) continue;
      if (failures > 0) bad += 1;
      exposure += baseline.errorOffset(baseline.rowOf(guild));
    }
  }
  if (exposure === 0) return null;
  const tick = { canary: { bad, exposure }, control: { bad: known, exposure: known } };
  return riskRatioInterval([tick], { alpha });
}
