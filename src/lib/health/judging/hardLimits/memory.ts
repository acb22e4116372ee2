/** Memory that grows in nearly every process: a process's matter, never evidence between arms. */
import { blame } from './blame.js';
import type { HardLimit } from './HardLimit.js';
import { median, theilSenSlope, type Point } from './theilSen.js';

const minuteMs = 60_000;

/** One process's memory over time. */
export interface ProcessMemory {
  readonly process: string;
  /** Resident bytes at domain times in ms, ascending. */
  readonly samples: readonly { readonly at: number; readonly bytes: number }[];
}

export interface MemoryLimits {
  /** Growth over the span that passes the limit: 0.3 = +30 %. */
  readonly growth: number;
  readonly spanMs: number;
  /** Over how long the medians at both ends are taken. */
  readonly medianMs: number;
  /** Fraction of all processes that must grow. */
  readonly processes: number;
}

export const memoryLimitDefaults: MemoryLimits = {
  growth: 0.3,
  spanMs: 4 * 60 * minuteMs,
  medianMs: 10 * minuteMs,
  processes: 0.8,
};

/** How one process's memory grew over the span, or null where it has not been measured at both ends. */
export interface MemoryGrowth {
  /** Median of the last minutes over the median of as many minutes a span ago. */
  readonly ratio: number;
  /** Theil-Sen slope over the span, as growth a span relative to the earlier median. */
  readonly trend: number;
  /** The last time it was at or below the earlier median: growth began there. Domain time in ms. */
  readonly onsetAt: number;
}

/**
 * PAUSE and page, or ROLLBACK where the feature was changed within the span before the onset, once memory grew by the limit
 * in enough of all processes: by its median and by its trend, so that neither a peak nor an old step counts. Processes
 * younger than the span count as not growing.
 *
 * @param now domain time in ms.
 * @param changedAt when this rollout last changed what is served; null = not yet.
 */
export function memoryLimit(
  processes: readonly ProcessMemory[],
  now: number,
  changedAt: number | null,
  limits: MemoryLimits = memoryLimitDefaults,
): HardLimit | null {
  const growing = processes
    .map((process) => memoryGrowth(process, now, limits))
    .filter((growth) => growth !== null)
    .filter(({ ratio, trend }) => ratio >= 1 + limits.growth && trend >= limits.growth);
  if (growing.length === 0 || growing.length < limits.processes * processes.length) return null;
  const onsetAt = median(growing.map((growth) => growth.onsetAt));
  const ratio = median(growing.map((growth) => growth.ratio));
  const facts = { ratio, onsetAt, growing: growing.length, processes: processes.length };
  return { limit: 'memory', ...blame(onsetAt, changedAt, limits.spanMs), facts };
}

/** @param now domain time in ms. */
export function memoryGrowth(
  { samples }: ProcessMemory,
  now: number,
  { spanMs, medianMs }: MemoryLimits = memoryLimitDefaults,
): MemoryGrowth | null {
  const since = now - spanMs;
  const span = samples.filter(({ at }) => at > since - medianMs && at <= now);
  const before = median(span.filter(({ at }) => at <= since).map(({ bytes }) => bytes));
  const after = median(span.filter(({ at }) => at > now - medianMs).map(({ bytes }) => bytes));
  if (!(before > 0) || Number.isNaN(after)) return null;
  const minutes = byMinute(span);
  const onset = minutes.filter(({ y }) => y <= before).at(-1);
  const trend = (theilSenSlope(minutes) * spanMs) / before;
  return { ratio: after / before, trend, onsetAt: onset?.x ?? since };
}

/** One point a minute: the slope looks at every pair, and 240 points have 28,680 of them. */
function byMinute(samples: ProcessMemory['samples']): Point[] {
  const minutes = new Map<number, number[]>();
  for (const { at, bytes } of samples) {
    const minute = Math.floor(at / minuteMs) * minuteMs;
    minutes.set(minute, [...(minutes.get(minute) ?? []), bytes]);
  }
  return [...minutes].map(([x, values]) => ({ x, y: median(values) }));
}
