/** Keeps every run with what it met and what became of it. */
import type { Outcome, Recording, Run, RunFacts } from '../../../src/lib/health/recording/Recording.js';

export class SpyRun implements Run {
  public readonly name: string;
  public readonly guildId: string | null;
  public readonly countsAlways: boolean;
  public readonly met: string[] = [];
  public readonly late: string[] = [];
  public outcome: Outcome | undefined;
  private marked: Outcome | undefined;

  public constructor(
    { name, guildId, countsAlways = true }: RunFacts,
    private readonly onEnd: () => void,
  ) {
    this.name = name;
    this.guildId = guildId;
    this.countsAlways = countsAlways;
  }

  public get isEnded(): boolean {
    return this.outcome !== undefined;
  }

  public hasMet(rolloutId: string): boolean {
    return this.met.includes(rolloutId);
  }

  public exposed(rolloutId: string): void {
    (this.isEnded ? this.late : this.met).push(rolloutId);
  }

  public mark(outcome: Outcome): void {
    this.marked = outcome;
  }

  public end(outcome: Outcome): void {
    if (this.isEnded) return;
    this.outcome = this.marked ?? outcome;
    this.onEnd();
  }
}

export class SpyRecording implements Recording {
  public readonly runs: SpyRun[] = [];
  private waiting: { readonly ended: number; readonly resolve: () => void }[] = [];

  public begin(facts: RunFacts): SpyRun {
    const run = new SpyRun(facts, () => this.tell());
    this.runs.push(run);
    return run;
  }

  public get ended(): readonly SpyRun[] {
    return this.runs.filter(({ isEnded }) => isEnded);
  }

  /** Resolves once so many runs have ended. */
  public async until(ended: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.waiting.push({ ended, resolve });
      this.tell();
    });
  }

  public clear(): void {
    this.runs.length = 0;
  }

  private tell(): void {
    const { length } = this.ended;
    const due = this.waiting.filter(({ ended }) => ended <= length);
    this.waiting = this.waiting.filter(({ ended }) => ended > length);
    for (const { resolve } of due) resolve();
  }
}
