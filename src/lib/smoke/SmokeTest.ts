/** What a smoke test is, without the framework: something that is tried, with a time limit, and explains itself where it fails. */

export interface SmokeContext {
  /** Aborted at the time limit. */
  readonly signal: AbortSignal;
  /** How far it is, one short sentence. */
  readonly progress: (detail: string) => void;
}

/** One thing that was looked at. */
export interface SmokeFinding {
  readonly what: string;
  readonly ok: boolean;
  /** Where it is not: what was found, and what to do. */
  readonly detail: string;
}

export interface Smoke {
  readonly name: string;
  /** One line: what it shows. */
  readonly description: string;
  /** `smoke`, `acceptance`, `monitoring`, or a host's own. */
  readonly suites: readonly string[];
  /** ms of real time. */
  readonly timeoutMs: number;
  /** Why there is nothing for it to look at here, as one sentence: a suite names it and leaves it out. */
  leftOut?(): string | undefined;
  /** An empty list of findings is a failure: a test that looked at nothing shows nothing. May throw. */
  run(context: SmokeContext): Promise<readonly SmokeFinding[]>;
}

export interface SmokeResult {
  readonly name: string;
  readonly verdict: 'passed' | 'failed';
  /** ms of real time. */
  readonly tookMs: number;
  readonly findings: readonly SmokeFinding[];
  /** One sentence; where it failed, why. */
  readonly sentence: string;
}

/** One suite, or one test that was asked for by its name. */
export interface SuiteResult {
  readonly verdict: 'passed' | 'failed';
  /** ms of real time. */
  readonly tookMs: number;
  /** Sorted by name. */
  readonly results: readonly SmokeResult[];
  /** Tests of the suite that have nothing to look at here. */
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly name: string;
  /** One sentence. */
  readonly why: string;
}

/** How one test of a suite is doing, for people who watch. */
export interface SmokeTick {
  readonly name: string;
  readonly state: 'waiting' | 'running' | 'passed' | 'failed';
  /** ms of real time since it began; of a finished one, how long it took. */
  readonly tookMs: number;
  /** What it said last, or its sentence at its end. */
  readonly detail: string;
}
