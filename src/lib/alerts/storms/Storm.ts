/** How many messages one channel may get: so many singly, and beyond that one now and then for all that has come meanwhile. */
import type { Clock } from '../../core/Clock.js';

const minuteMs = 60_000;
/** Between two messages that stand for many. */
const foldEveryMs = 15_000;
/** The same where on-call is called by it. */
const urgentEveryMs = 10_000;

export class Storm {
  private readonly singles: number[] = [];
  private foldedAt = Number.NEGATIVE_INFINITY;
  /** So long nothing stands alone: a storm would fill each new minute's share at once. */
  private lastsUntil = Number.NEGATIVE_INFINITY;

  /** @param clock real time */
  public constructor(
    private readonly clock: Clock,
    private readonly messagesAMinute: number,
  ) {}

  /** True where one more may stand alone. */
  public allowsOne(): boolean {
    const now = this.clock.now();
    while (this.singles[0] !== undefined && this.singles[0] <= now - minuteMs) this.singles.shift();
    return now >= this.lastsUntil && this.singles.length < this.messagesAMinute;
  }

  /** True while it would allow everything. */
  public get isForgettable(): boolean {
    const now = this.clock.now();
    return (
      now >= this.lastsUntil &&
      now - this.foldedAt >= foldEveryMs &&
      this.singles.every((at) => at <= now - minuteMs)
    );
  }

  public sentOne(): void {
    this.singles.push(this.clock.now());
  }

  /** ms until the rest may be told together. */
  public foldsInMs(isUrgent: boolean): number {
    const since = this.clock.now() - this.foldedAt;
    return Math.max(0, (isUrgent ? urgentEveryMs : foldEveryMs) - since);
  }

  /** @param amount how many were told together */
  public folded(amount: number): void {
    this.foldedAt = this.clock.now();
    if (amount * (minuteMs / foldEveryMs) > this.messagesAMinute) this.lastsUntil = this.foldedAt + minuteMs;
  }
}
