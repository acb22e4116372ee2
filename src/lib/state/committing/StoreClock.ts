/** The store's clock without a round trip: how far it is from ours, measured at the start and every minute. */
import type { Clock } from '../../core/Clock.js';
import type { Store } from '../Store.js';

export class StoreClock {
  private offset: number | undefined;

  public constructor(
    private readonly store: Pick<Store, 'time'>,
    private readonly realTime: Clock,
  ) {}

  /** Throws Unavailable. */
  public async measure(): Promise<void> {
    const asked = this.realTime.now();
    const time = await this.store.time();
    // Half-way between question and answer is the best guess at when the store looked at its clock.
    this.offset = time - (asked + this.realTime.now()) / 2;
  }

  /** The store's time now, ms since epoch, to within a round trip. Throws Unavailable where it was never measured. */
  public async now(): Promise<number> {
    if (this.offset === undefined) await this.measure();
    return Math.round(this.realTime.now() + (this.offset ?? 0));
  }
}
