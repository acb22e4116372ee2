/** What a day of the bot comes to, as counters keep it. */
import { z } from 'zod';
import type { Histogram } from '../health/judging/latencyBuckets.js';

export const dayMs = 86_400_000;

export const daySchema = z.object({
  /** UTC midnight of domain time, ms since epoch. */
  day: z.number(),
  runs: z.number(),
  failures: z.number(),
  /** Coarse histogram of what runs took. */
  durations: z.record(z.string(), z.number()),
  /** Fine histogram of the state store's round trips. */
  storeTrips: z.record(z.string(), z.number()),
  /** Sum over samples of the median process's resident mebibytes, and how many samples. */
  mebibytes: z.number(),
  memorySamples: z.number(),
});

export type Day = Readonly<Omit<z.output<typeof daySchema>, 'durations' | 'storeTrips'>> & {
  readonly durations: Histogram;
  readonly storeTrips: Histogram;
};

const prefix = 'scorecard:';
/** A little over a year. */
export const keptDays = 400;

export const dayOf = (at: number): number => Math.floor(at / dayMs) * dayMs;
export const bucketOf = (day: number): string => prefix + new Date(day).toISOString().slice(0, 10);
export const outlived = (bucket: string, now: number): boolean =>
  bucket.startsWith(prefix) && bucket < bucketOf(dayOf(now) - keptDays * dayMs);
export const everyDay = prefix;

export const fields = {
  runs: 'runs',
  failures: 'failures',
  mebibytes: 'memory',
  memorySamples: 'memory.samples',
  duration: (bucket: number | string) => `duration.${bucket}`,
  storeTrip: (bucket: number | string) => `store.${bucket}`,
} as const;

/** undefined where nothing was counted on that day. */
export function readDay(day: number, counts: ReadonlyMap<string, number>): Day | undefined {
  if (counts.size === 0) return undefined;
  return {
    day,
    runs: counts.get(fields.runs) ?? 0,
    failures: counts.get(fields.failures) ?? 0,
    durations: histogram(counts, fields.duration('')),
    storeTrips: histogram(counts, fields.storeTrip('')),
    mebibytes: counts.get(fields.mebibytes) ?? 0,
    memorySamples: counts.get(fields.memorySamples) ?? 0,
  };
}

function histogram(counts: ReadonlyMap<string, number>, start: string): Histogram {
  const found: Record<number, number> = {};
  for (const [field, count] of counts) {
    if (field.startsWith(start) && /^-?\d+$/.test(field.slice(start.length)))
      found[Number(field.slice(start.length))] = count;
  }
  return found;
}
