/** Gives one duty its turns: one at a time, at the latest every so often, at once when woken, soon after one that failed. */
import type { Clock } from '../core/Clock.js';
import type { Logger } from '../core/Logger.js';
import { Fenced } from '../state/errors.js';
import type { Fence } from '../state/Store.js';
import type { Duty, DutyStatus } from './Duty.js';
import type { Timers } from './Timers.js';

export interface TurnsOptions {
  readonly duty: Duty;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  /** A turn found out that another process leads. */
  readonly onFenced: () => void;
}

/** After a failed turn; doubled with each that follows it. */
const retryMs = 1_000;

export class Turns {
  private isOn = false;
  private fence: Fence | undefined;
  private isWanted = false;
  private running: Promise<void> | undefined;
  private ending: Promise<void> | undefined;
  private failedInARow = 0;
  private timer: { cancel(): void } | undefined;
  private facts: Omit<DutyStatus, 'name' | 'where'> = {
    turns: 0,
    failures: 0,
    busySince: undefined,
    lastAt: undefined,
    lastMs: undefined,
    lastError: undefined,
  };

  public constructor(private readonly options: TurnsOptions) {}

  public get status(): DutyStatus {
    const { name, where } = this.options.duty;
    return { name, where, ...this.facts };
  }

  /** Its turns begin, at once. A duty of the leader needs the fence. */
  public begin(fence?: Fence): void {
    this.isOn = true;
    this.fence = fence;
    this.wake();
  }

  /** Its turn comes at once, or right after the one that is under way. */
  public wake(): void {
    // Where it is still coming to rest from an earlier leadership, its turns begin after that.
    if (!this.isOn || this.ending !== undefined) return;
    this.isWanted = true;
    this.timer?.cancel();
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      if (this.isWanted) this.wake();
    });
  }

  /** No turn begins from now on; resolves when what was begun has ended. */
  public async end(): Promise<void> {
    this.isOn = false;
    this.isWanted = false;
    this.timer?.cancel();
    this.ending ??= this.rest().finally(() => {
      this.ending = undefined;
      this.wake();
    });
    await this.ending;
  }

  private async rest(): Promise<void> {
    const { duty, logger } = this.options;
    await this.running;
    try {
      await duty.rest?.();
    } catch (error) {
      logger.error(`The duty "${duty.name}" did not come to rest.`, error);
    }
  }

  private async run(): Promise<void> {
    let againInMs = this.options.duty.everyMs;
    while (this.isWanted && this.isOn) {
      this.isWanted = false;
      againInMs = await this.turn();
    }
    if (this.isOn) this.timer = this.options.timers.after(againInMs, () => this.wake());
  }

  private async turn(): Promise<number> {
    const { duty, clock, logger } = this.options;
    const begunAt = clock.now();
    this.facts = { ...this.facts, busySince: begunAt };
    let lastError: string | undefined;
    let wish: number | void = undefined;
    try {
      if (duty.where === 'everywhere') wish = await duty.turn();
      else if (this.fence !== undefined) wish = await duty.turn(this.fence);
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error);
      if (error instanceof Fenced) this.options.onFenced();
      // The same trouble turn after turn is one line; status goes on counting.
      else if (lastError !== this.facts.lastError) {
        logger.error(`The duty "${duty.name}" failed, and is tried again:`, error);
      }
    }
    if (lastError === undefined && this.facts.lastError !== undefined) {
      logger.info(`The duty "${duty.name}" works again.`);
    }
    this.facts = {
      turns: this.facts.turns + 1,
      failures: this.facts.failures + (lastError === undefined ? 0 : 1),
      busySince: undefined,
      lastAt: begunAt,
      lastMs: clock.now() - begunAt,
      lastError,
    };
    this.failedInARow = lastError === undefined ? 0 : this.failedInARow + 1;
    const wanted = this.failedInARow > 0 ? retryMs * 2 ** (this.failedInARow - 1) : (wish ?? duty.everyMs);
    return Math.min(duty.everyMs, Math.max(0, wanted));
  }
}
