/** Asks the bot what an option may be, not at every key and never showing an older answer than the last one asked for. */
import type { Choice } from '../slash/choices.js';

/** A person who types on is not asked about. */
const pauseMs = 120;

export class Completion {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private latest = 0;

  public constructor(private readonly answered: (choices: readonly Choice[]) => void) {}

  public ask(question: () => Promise<readonly Choice[]>): void {
    this.cancel();
    const mine = this.latest;
    this.timer = setTimeout(() => {
      void question().then((choices) => {
        if (mine === this.latest) this.answered(choices);
      });
    }, pauseMs);
  }

  /** An answer on its way is not shown any more. */
  public cancel(): void {
    clearTimeout(this.timer);
    this.latest += 1;
  }
}
