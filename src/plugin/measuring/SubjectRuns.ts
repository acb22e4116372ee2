import type { Recording, Run, RunFacts } from '../../lib/health/recording/Recording.js';

/** The runs of interactions and messages: what preconditions opened, the command takes over. */
export class SubjectRuns {
  private readonly runs = new WeakMap<object, { readonly run: Run; isTaken: boolean }>();

  public constructor(private readonly recording: Recording) {}

  /** The subject's run, opened where there is none yet. */
  public open(subject: object, facts: RunFacts): Run {
    return this.find(subject) ?? this.put(subject, facts, false);
  }

  /** A run for whoever does the work: the one that was opened, or a new one where another has it. */
  public take(subject: object, facts: RunFacts): Run {
    const opened = this.runs.get(subject);
    if (opened === undefined || opened.isTaken) return this.put(subject, facts, true);
    opened.isTaken = true;
    return opened.run;
  }

  public find(subject: object): Run | undefined {
    return this.runs.get(subject)?.run;
  }

  private put(subject: object, facts: RunFacts, isTaken: boolean): Run {
    const run = this.recording.begin(facts);
    this.runs.set(subject, { run, isTaken });
    return run;
  }
}
