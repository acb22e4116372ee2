import type { Timers } from '../../../src/lib/control/Timers.js';

/** Time that stands still until a test moves it: clock and timers in one. */
export class ManualTimers implements Timers {
  private time = 1_800_000_000_000;
  private waiting: { readonly at: number; readonly callback: () => void }[] = [];

  public now(): number {
    return this.time;
  }

  public after(ms: number, callback: () => void): { cancel(): void } {
    const timer = { at: this.time + ms, callback };
    this.waiting.push(timer);
    return { cancel: () => void (this.waiting = this.waiting.filter((other) => other !== timer)) };
  }

  /** How many timers wait. */
  public get pending(): number {
    return this.waiting.length;
  }

  /** Moves time, and lets everything that falls due happen in order, with all that follows from it at once. */
  public async pass(ms: number): Promise<void> {
    const until = this.time + ms;
    for (;;) {
      await settled();
      const [next] = this.waiting.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.waiting = this.waiting.filter((other) => other !== next);
      this.time = next.at;
      next.callback();
    }
    this.time = until;
    await settled();
  }
}

/** After everything that needs no timer and no input. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
