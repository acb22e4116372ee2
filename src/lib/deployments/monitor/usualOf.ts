/** What is usual before a deployment: sums over the seven days before its first word, and the processes as they are now. */
import { median } from '../../health/judging/hardLimits/theilSen.js';
import { unitMs } from '../../health/judging/units.js';
import type { Usual } from '../documents.js';
import { residentBytes } from './checks/memory.js';
import type { LookingOptions } from './looking.js';
import { percentile } from './percentile.js';
import { addTo, noSums } from './sums.js';

const days = 7;
const dayUnits = 96;

/** Unit by unit, so that a week of many guilds is never in memory at once. @param before domain time. Throws Unavailable */
export async function usualOf(
  before: number,
  { records, storeTime }: Pick<LookingOptions, 'records' | 'storeTime'>,
): Promise<Usual> {
  const end = Math.floor(before / unitMs);
  const sums = noSums();
  let units = 0;
  for (let unit = end - days * dayUnits; unit < end; unit++) {
    for (const { guilds } of await records.baseUnits(unit, unit)) {
      units += 1;
      addTo(sums, guilds);
    }
  }
  const { runs, failures, durations } = sums;
  const [processes, realNow] = await Promise.all([records.processes(), storeTime()]);
  const bytes = processes.map((process) => residentBytes(process, realNow)).filter((one) => one !== null);
  return {
    takenAt: before,
    runsAUnit: units === 0 ? 0 : runs / units,
    errorRate: runs === 0 ? null : failures / runs,
    p95Ms: percentile(durations, 0.95),
    memoryBytes: bytes.length === 0 ? null : median(bytes),
  };
}
