/** What days come to together; null where nothing was measured on them. */
import {
  bucketsOf,
  coarseRatio,
  fineBucketsPerCoarse,
  type Histogram,
  mergeHistograms,
  totalOf,
} from '../health/judging/latencyBuckets.js';
import type { Day } from './Day.js';

type Statistic = (days: readonly Day[]) => number | null;

const sum = (days: readonly Day[], of: (day: Day) => number): number =>
  days.reduce((all, day) => all + of(day), 0);

/** With half a failure more, so that a bot that never failed has a rate to be compared with. */
export const errorRate: Statistic = (days) => {
  const runs = sum(days, (day) => day.runs);
  return runs === 0 ? null : (sum(days, (day) => day.failures) + 0.5) / (runs + 1);
};

export const successRate: Statistic = (days) => {
  const runs = sum(days, (day) => day.runs);
  return runs === 0 ? null : 1 - sum(days, (day) => day.failures) / runs;
};

/** Resident mebibytes of the median process, on average. */
export const memory: Statistic = (days) => {
  const samples = sum(days, (day) => day.memorySamples);
  return samples === 0 ? null : sum(days, (day) => day.mebibytes) / samples;
};

/** 95th percentile, ms. */
export const responseTime: Statistic = (days) =>
  quantile(mergeHistograms(...days.map(({ durations }) => durations)), 0.95, coarseRatio);

/** Median round trip, ms. */
export const storeTrip: Statistic = (days) =>
  quantile(
    mergeHistograms(...days.map(({ storeTrips }) => storeTrips)),
    0.5,
    coarseRatio ** (1 / fineBucketsPerCoarse),
  );

/** Within a bucket durations are taken to be spread evenly by ratio. */
function quantile(histogram: Histogram, fraction: number, ratio: number): number | null {
  const wanted = totalOf(histogram) * fraction;
  let below = 0;
  for (const [bucket, count] of bucketsOf(histogram)) {
    if (count > 0 && below + count >= wanted) return ratio ** (bucket - 1 + (wanted - below) / count);
    below += count;
  }
  return null;
}
