/** Reads what one look rests on. */
import type {
  BaseCounts,
  HealthRecords,
  RecentBase,
  SummedBase,
} from '../../health/recording/HealthRecords.js';
import type { OwnPast } from './OwnPast.js';
import type { DeploymentDocument } from '../documents.js';
import { percentile } from './percentile.js';
import type { Arms } from './ports.js';
import type { Lately, Seen } from './Seen.js';
import type { MonitorSettings } from './Settings.js';
import { addTo, noSums } from './sums.js';

export type RecordsForMonitor = RecentBase &
  SummedBase &
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

/** @param now domain time. Throws Unavailable */
export async function lookAt(
  document: DeploymentDocument,
  { minRuns }: Pick<MonitorSettings, 'minRuns'>,
  now: number,
  { records, arms, storeTime, ownPast }: LookingOptions & { readonly ownPast: OwnPast },
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
    sinceDeployed: await ownPast.compare(document, since, settled),
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
