/** Says in state, minute by minute of domain time, that this process is there. What nobody says is a gap. */
import type { Clock } from '../core/Clock.js';
import { newId, type RandomBytes } from '../core/ids.js';
import type { Counters } from '../state/Store.js';
import { heartbeatOf } from './heartbeatDays.js';

const minuteMs = 60_000;
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
      minutes.map((minute) => ({
        bucket: heartbeatOf(minute * minuteMs),
        field: String(minute % 1440),
        by: 1,
      })),
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
