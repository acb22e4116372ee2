import type { Histogram } from '../../health/judging/latencyBuckets.js';
import type { BaseCounts } from '../../health/recording/HealthRecords.js';

export interface Sums {
  runs: number;
  failures: number;
  /** Guilds in which anything ran, and those in which anything failed. */
  guilds: number;
  failingGuilds: number;
  readonly durations: Record<number, number>;
}

export function noSums(): Sums {
  return { runs: 0, failures: 0, guilds: 0, failingGuilds: 0, durations: {} };
}

/** Adds guild by guild: of a hundred thousand of them no list is made. */
export function addTo(sums: Sums, counts: Iterable<BaseCounts>): void {
  for (const { runs, failures, durations } of counts) {
    if (runs === 0) continue;
    sums.runs += runs;
    sums.failures += failures;
    sums.guilds += 1;
    if (failures > 0) sums.failingGuilds += 1;
    addDurations(sums.durations, durations);
  }
}

function addDurations(sum: Record<number, number>, durations: Histogram): void {
  for (const bucket in durations) {
    const at = Number(bucket);
    sum[at] = (sum[at] ?? 0) + (durations[at] ?? 0);
  }
}
