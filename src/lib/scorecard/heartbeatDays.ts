/**
 * Heartbeats by day, a field a minute. A day that is over is folded to its gaps, so that a month is not 43,200 numbers in
 * every snapshot.
 */
import type { CounterAddition, Counters } from '../state/Store.js';
import { dayMs, dayOf } from './Day.js';

const minutesADay = 1_440;
const minutes = 'heartbeat:';
const folded = 'heartbeat.folded:';
const whole = 'folded';
const gap = 'gap.';
const keptDays = 62;
/** A process that could not reach the store may still bring minutes of yesterday. */
const openDays = 2;

/** The bucket of the day. @param at domain time, ms since epoch */
export function heartbeatOf(at: number): string {
  return minutes + nameOf(at);
}

/** Minutes of that UTC day in which some process was there. */
export async function minutesOf(counters: Pick<Counters, 'read'>, day: number): Promise<ReadonlySet<number>> {
  const [single, sums] = await Promise.all([
    counters.read(minutes + nameOf(day)),
    counters.read(folded + nameOf(day)),
  ]);
  const present = new Set([...single.keys()].map(Number));
  if (sums.size === 0) return present;
  const missing = new Set<number>();
  for (const [field, length] of sums) {
    if (!field.startsWith(gap)) continue;
    const from = Number(field.slice(gap.length));
    for (let minute = from; minute < from + length; minute++) missing.add(minute);
  }
  for (let minute = 0; minute < minutesADay; minute++) if (!missing.has(minute)) present.add(minute);
  return present;
}

/** Folds days that are over, and forgets those that no report looks at any more. Safe to be stopped at any line. */
export async function foldHeartbeats(counters: Counters, now: number): Promise<void> {
  const today = dayOf(now);
  const open = nameOf(today - openDays * dayMs);
  for (const bucket of await counters.buckets(minutes)) {
    const name = bucket.slice(minutes.length);
    if (name >= open) continue;
    const known = await counters.read(folded + name);
    if (known.size === 0) {
      const present = new Set([...(await counters.read(bucket)).keys()].map(Number));
      await counters.add(`${folded}${name}`, gapsOf(present, folded + name));
    }
    await counters.drop([bucket]);
  }
  const oldest = folded + nameOf(today - keptDays * dayMs);
  const old = (await counters.buckets(folded)).filter((bucket) => bucket < oldest);
  if (old.length > 0) await counters.drop(old);
}

function gapsOf(present: ReadonlySet<number>, bucket: string): readonly CounterAddition[] {
  const additions: CounterAddition[] = [{ bucket, field: whole, by: 1 }];
  for (let minute = 0; minute < minutesADay; minute++) {
    if (present.has(minute)) continue;
    const from = minute;
    while (minute < minutesADay && !present.has(minute)) minute++;
    additions.push({ bucket, field: gap + String(from), by: minute - from });
  }
  return additions;
}

function nameOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
