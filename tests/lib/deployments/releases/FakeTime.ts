/** Time that passes only when a test says so, for clocks and for everything that waits. */
import { setImmediate as settled } from 'node:timers/promises';

export class FakeTime {
  public now = 1_800_000_000_000;
  private readonly waiting: { readonly at: number; readonly resolve: () => void }[] = [];

  public pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ at: this.now + ms, resolve }));
  }

  /** What is due happens in order, each with everything that follows from it. */
  public async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    await settled();
    for (;;) {
      const next = Math.min(...this.waiting.map(({ at }) => at));
      if (next > end) break;
      this.now = Math.max(this.now, next);
      const due = this.waiting.filter(({ at }) => at <= this.now);
      for (const one of due) this.waiting.splice(this.waiting.indexOf(one), 1);
      for (const { resolve } of due) resolve();
      await settled();
    }
    this.now = end;
  }
}
