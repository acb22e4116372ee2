/** Brings the outbox to Discord: each notice exactly once, in commit order per channel. Works only while its process leads. */
import type { Fence } from '../../state/Store.js';
import { Delivery, type DispatcherOptions } from './Delivery.js';

/** Parked notices are put back in line at most this often, ms. */
const unparkEveryMs = 60_000;

export class Dispatcher {
  private delivery: { readonly fence: Fence; readonly work: Delivery } | undefined;
  private wantsUnparking = false;
  private unparkedAt = Number.NEGATIVE_INFINITY;

  public constructor(private readonly options: DispatcherOptions) {}

  /**
   * One look at the outbox. Sending goes on behind it; call it again soon, since retries wait for it.
   * Throws Fenced where another process leads, Unavailable where the store does not answer.
   */
  public async turn(fence: Fence): Promise<void> {
    const { work } = this.delivery?.fence.token === fence.token ? this.delivery : await this.begin(fence);
    if (work.fenced !== undefined) throw work.fenced;
    if (work.takeUnparkingWish()) this.wantsUnparking = true;
    if (this.wantsUnparking) await this.tryUnparking(fence);
    await work.look();
  }

  /** Asks for parked notices to be tried again, at the next turn a minute after the last time. */
  public unpark(): void {
    this.wantsUnparking = true;
  }

  /** Resolves when all that can be delivered now has been; what waits for a retry waits for a later turn. */
  public async idle(): Promise<void> {
    await this.delivery?.work.idle();
  }

  /** Begins anew at the next turn: the store is not the one that the entries on their way were read from. */
  public forget(): void {
    this.delivery?.work.stop();
    this.delivery = undefined;
  }

  /** Stops; resolves when nothing is in flight. A later turn begins anew. */
  public async rest(): Promise<void> {
    const over = this.delivery?.work;
    this.delivery = undefined;
    await over?.end();
  }

  private async begin(fence: Fence): Promise<{ readonly fence: Fence; readonly work: Delivery }> {
    await this.rest();
    // A new leader may have rights, a configuration or a network that the one before it lacked.
    this.wantsUnparking = true;
    this.delivery = { fence, work: new Delivery(this.options, fence) };
    return this.delivery;
  }

  private async tryUnparking(fence: Fence): Promise<void> {
    const now = this.options.clock.now();
    if (now - this.unparkedAt < unparkEveryMs) return;
    const count = await this.options.store.outbox.unpark(fence);
    this.unparkedAt = now;
    this.wantsUnparking = false;
    if (count > 0) this.options.logger.info(`${count} parked notices are tried again.`);
  }
}
