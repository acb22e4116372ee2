/** The port through which runs are measured; filled by `Recorder`. */
import type { Arm } from '../judging/units.js';

/**
 * `ok`: it did what it should · `refused`: a right or a precondition was missing · `user-error`: the person's own mistake ·
 * `error`: unexpected. Only the last is a failure.
 */
export type Outcome = 'ok' | 'refused' | 'user-error' | 'error';

/** What is measured: one command, one press of a button, one piece of a host's own work. */
export interface RunFacts {
  /** For people: a command's name, a handler's, or what the host calls its work. */
  readonly name: string;
  /** Runs outside of guilds are not judged. */
  readonly guildId: string | null;
  /** False where it counts only for rollouts whose flag it met, as a listener does. @default true */
  readonly countsAlways?: boolean;
}

/** One run under way. */
export interface Run extends RunFacts {
  /** Nothing counts for it any more. */
  readonly isEnded: boolean;
  /** Whether a flag of this rollout has been met already. */
  hasMet(rolloutId: string): boolean;
  /** A flag under rollout was evaluated for this run's guild. The first answer a rollout counts. */
  exposed(rolloutId: string, arm: Arm, isRandomised: boolean): void;
  /** What it will have been, whatever `end` says: for work that reports its errors instead of throwing them. */
  mark(outcome: Outcome): void;
  /** Once; later calls do nothing. @param durationMs real time */
  end(outcome: Outcome, durationMs: number): void;
}

export interface Recording {
  begin(facts: RunFacts): Run;
}
