/** What a run of the gate found: made where the source is (CI) or inside the bot, kept in the deployment's document. */

/** `unknown`: a number without a report or a baseline. It fails, and says so. */
export type CriterionVerdict = 'met' | 'not-met' | 'unknown';

export interface CriterionResult {
  /** As it stands in the file: `coverage >= 80%`. */
  readonly text: string;
  readonly verdict: CriterionVerdict;
  /** One sentence: the numbers, and where they come from. */
  readonly why: string;
}

export interface StageResult {
  readonly name: string;
  readonly verdict: 'passed' | 'failed' | 'not-run';
  /** ms of real time. */
  readonly tookMs: number;
  /** Null where the command never ended by itself (time limit, killed, not found). */
  readonly exitCode: number | null;
  readonly criteria: readonly CriterionResult[];
  /** For people: why it passed or failed, and what to do. */
  readonly sentence: string;
  /** The output's last lines, ≤ 2,000 characters; empty where it passed. */
  readonly tail: string;
}

export interface GateResult {
  readonly format: 'rollouts-gate';
  readonly version: 1;
  /** The release that was looked at, and the commit of its source where that is known. */
  readonly release: string;
  readonly commit: string | null;
  /** Real time, ms since epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly verdict: 'passed' | 'failed';
  readonly stages: readonly StageResult[];
}
