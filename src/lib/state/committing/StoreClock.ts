/** The store's clock without a round trip: how far it is from ours, measured anew where that was a while ago, or ours was set. */
import type { Clock } from '../../core/Clock.js';
import type { Store } from '../Store.js';

/** For so long what was measured is believed, ms of real time; a little more than a minute, for owners who measure every minute. */
const believedMs = 90_000;

export class StoreClock {
  private measured: { readonly offset: number; readonly at: number } | undefined;

  public constructor(
    private readonly store: Pick<Store, 'time'>,
    private readonly realTime: Clock,
  ) {}

  /** Throws Unavailable. */
  public async measure(): Promise<void> {
    const asked = this.realTime.now();
    const time = await this.store.time();
    // Half-way between question and answer is the best guess at when the store looked at its clock.
    const at = this.realTime.now();
    this.measured = { offset: time - (asked + at) / 2, at };
  }

  /** The store's time now, ms since epoch, to within a round trip. Throws Unavailable where it had to be measured. */
  public async now(): Promise<number> {
    const age = this.realTime.now() - (this.measured?.at ?? Number.NEGATIVE_INFINITY);
    if (age < 0 || age > believedMs) await this.measure();
    return Math.round(this.realTime.now() + (this.measured?.offset ?? 0));
  }
}
