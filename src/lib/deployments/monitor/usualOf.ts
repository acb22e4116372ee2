/** What is usual before a deployment: sums over the seven days before its first word, and the processes as they are now. */
import { median } from '../../health/judging/hardLimits/theilSen.js';
import { mergeHistograms } from '../../health/judging/latencyBuckets.js';
import { unitMs } from '../../health/judging/units.js';
import type { Usual } from '../documents.js';
import { residentBytes } from './checks/memory.js';
import type { LookingOptions } from './looking.js';
import { percentile } from './percentile.js';

const days = 7;
const dayUnits = 96;

/** @param before domain time. Throws Unavailable */
export async function usualOf(
  before: number,
  { records, storeTime }: Pick<LookingOptions, 'records' | 'storeTime'>,
): Promise<Usual> {
  const end = Math.floor(before / unitMs);
  const units = await records.baseSums(end - days * dayUnits, end - 1);
  const runs = units.reduce((sum, unit) => sum + unit.runs, 0);
  const failures = units.reduce((sum, unit) => sum + unit.failures, 0);
  const durations = mergeHistograms(...units.map((unit) => unit.durations));
  const [processes, realNow] = await Promise.all([records.processes(), storeTime()]);
  const bytes = processes.map((process) => residentBytes(process, realNow)).filter((one) => one !== null);
  return {
    takenAt: before,
    runsAUnit: units.length === 0 ? 0 : runs / units.length,
    errorRate: runs === 0 ? null : failures / runs,
    p95Ms: percentile(durations, 0.95),
    memoryBytes: bytes.length === 0 ? null : median(bytes),
  };
}
