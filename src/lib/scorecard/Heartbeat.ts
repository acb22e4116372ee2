/** Says in state, minute by minute of domain time, that this process is there. What nobody says is a gap. */
import type { Clock } from '../core/Clock.js';
import { newId, type RandomBytes } from '../core/ids.js';
import type { Counters } from '../state/Store.js';
import { dayMs, dayOf } from './Day.js';

const minuteMs = 60_000;
const prefix = 'heartbeat:';
const keptDays = 62;
/** Real time, ms: a process that has not come to its turn for longer was not there in between. */
const longestSilence = 90_000;
/** Minutes in one batch: where domain time is sped up, they are many. */
const mostMinutes = 5_000;

export interface HeartbeatOptions {
  readonly counters: Counters;
  readonly domainTime: Clock;
  readonly realTime: Clock;
  readonly random: RandomBytes;
  /** Whether it can do its work: the gateway is connected. */
  readonly isUp: () => boolean;
}

export class Heartbeat {
  /** When it was there the last time. */
  private last: { readonly minute: number; readonly realAt: number } | undefined;
  /** Not in state yet, under an id that makes a second try harmless. */
  private pending: { readonly batch: string; readonly minutes: readonly number[] } | undefined;
  private uncounted: number[] = [];

  public constructor(private readonly options: HeartbeatOptions) {}

  /** Every few seconds. Throws Unavailable; what could not be said is said later, since the bot was there all the same. */
  public async beat(): Promise<void> {
    this.note();
    const { counters, random } = this.options;
    if (this.pending === undefined && this.uncounted.length > 0) {
      this.pending = { batch: newId(20, random), minutes: this.uncounted.splice(0, mostMinutes) };
    }
    if (this.pending === undefined) return;
    const { batch, minutes } = this.pending;
    await counters.add(
      batch,
      minutes.map((minute) => ({ bucket: bucketOf(minute), field: String(minute % 1440), by: 1 })),
    );
    this.pending = undefined;
  }

  private note(): void {
    const { domainTime, realTime, isUp } = this.options;
    if (!isUp()) {
      this.last = undefined;
      return;
    }
    const minute = Math.floor(domainTime.now() / minuteMs);
    const realAt = realTime.now();
    const { last } = this;
    const isSame = last !== undefined && realAt - last.realAt <= longestSilence && last.minute <= minute;
    const from = isSame ? last.minute + 1 : minute;
    this.last = { minute, realAt };
    for (let one = from; one <= minute; one++) this.uncounted.push(one);
  }
}

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
export async function readUptime(counters: Counters, from: number, now: number): Promise<Uptime | undefined> {
  const present = new Set<number>();
  for (let day = dayOf(from); day <= now; day += dayMs) {
    const counts = await counters.read(prefix + nameOf(day));
    for (const minute of counts.keys()) present.add(day / minuteMs + Number(minute));
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

/** Forgets days that no report looks at any more. */
export async function forgetHeartbeats(counters: Counters, now: number): Promise<void> {
  const oldest = prefix + nameOf(dayOf(now) - keptDays * dayMs);
  const old = (await counters.buckets(prefix)).filter((bucket) => bucket < oldest);
  if (old.length > 0) await counters.drop(old);
}

const bucketOf = (minute: number): string => prefix + nameOf(minute * minuteMs);

function nameOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
