import type { HealthRecords } from '../../health/recording/HealthRecords.js';
import { unitOf } from '../../health/recording/unitOf.js';
import { Traffic, unitsADay } from './Traffic.js';

/** Fewer days say too little about how much one differs from the next. */
export const fewestDays = 4;
const mostDays = 8;
/** About 100 MB of a very large bot; it then uses fewer days. */
const mostRows = 1_200_000;

/**
 * What this bot recorded in the days before `now` (domain time), newest first. Loaded day by day, since the rows of all days
 * at once would need far more memory than what is kept of them.
 *
 * @throws Unavailable where the store is away.
 */
export async function recordedTraffic(
  records: Pick<HealthRecords, 'baseUnits'>,
  now: number,
): Promise<Traffic> {
  const traffic = new Traffic();
  for (let back = 1; back <= mostDays; back++) {
    if (traffic.days.length >= fewestDays && traffic.rows >= mostRows) break;
    const first = unitOf(now) - back * unitsADay;
    traffic.add(await records.baseUnits(first, first + unitsADay - 1), first);
  }
  return traffic;
}
