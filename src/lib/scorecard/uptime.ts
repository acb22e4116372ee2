/** How much of the time some process was there, from the heartbeats of all of them. */
import { breather } from '../state/breather.js';
import type { Counters } from '../state/Store.js';
import { dayMs, dayOf } from './Day.js';
import { minutesOf } from './heartbeatDays.js';

const minuteMs = 60_000;

export interface Uptime {
  /** Of all minutes, those in which some process was there. */
  readonly share: number;
  /** A gap is known to the minute at either end. */
  readonly interval: readonly [number, number];
  readonly minutes: number;
  /** Newest last. Domain time, ms since epoch. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}

/**
 * From the first heartbeat in the span on: before it nobody counted. The minute that is under way does not count.
 *
 * @param from domain time, ms since epoch; undefined where there is no heartbeat at all
 */
export async function readUptime(
  counters: Pick<Counters, 'read'>,
  from: number,
  now: number,
): Promise<Uptime | undefined> {
  const present = new Set<number>();
  const breathe = breather();
  for (let day = dayOf(from); day <= now; day += dayMs) {
    await breathe();
    for (const minute of await minutesOf(counters, day)) present.add(day / minuteMs + minute);
  }
  return uptimeOf(present, Math.floor(from / minuteMs), Math.floor(now / minuteMs));
}

/** @param first the first minute that may count @param end the first that does not */
export function uptimeOf(present: ReadonlySet<number>, first: number, end: number): Uptime | undefined {
  let begin = end;
  for (const minute of present) if (minute >= first && minute < begin) begin = minute;
  const minutes = end - begin;
  if (minutes <= 0) return undefined;
  const gaps: { from: number; to: number }[] = [];
  let missing = 0;
  for (let minute = begin; minute < end; minute++) {
    if (present.has(minute)) continue;
    missing += 1;
    const open = gaps.at(-1);
    if (open?.to === minute * minuteMs) open.to += minuteMs;
    else gaps.push({ from: minute * minuteMs, to: (minute + 1) * minuteMs });
  }
  const bounded = (lost: number): number => 1 - Math.min(minutes, Math.max(0, lost)) / minutes;
  return {
    share: bounded(missing),
    interval: [bounded(missing + gaps.length), bounded(missing - gaps.length)],
    minutes,
    gaps,
  };
}
