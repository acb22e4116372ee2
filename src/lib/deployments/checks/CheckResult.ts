/** What one check before a deployment found, in one shape for people, for programs and for the gate. */

/** `unknown`: it could not be looked at, which counts as failed · `not-run`: an earlier check failed, so that it made no sense. */
export type CheckVerdict = 'passed' | 'failed' | 'unknown' | 'not-run';

export interface CheckResult {
  /** In words, unique in its report: `rollback script`. */
  readonly name: string;
  readonly verdict: CheckVerdict;
  /** For people: what was found and, where it failed, what to do. */
  readonly sentence: string;
  /** What the sentence rests on, one finding a line; at most 50. */
  readonly evidence: readonly string[];
  /** ms of real time. */
  readonly tookMs: number;
}

export interface ChecksReport {
  readonly format: 'rollouts-checks';
  readonly version: 1;
  /** What was checked: `migration 7_names.sql`. */
  readonly about: string;
  readonly verdict: 'passed' | 'failed';
  readonly checks: readonly CheckResult[];
}

const mostEvidence = 50;

/** What a check found; its name and its time are whoever's who ran it. */
export type Finding = Omit<CheckResult, 'name' | 'tookMs'>;

export const passed = (sentence: string, evidence: readonly string[] = []): Finding => ({
  verdict: 'passed',
  sentence,
  evidence: bounded(evidence),
});

export const failed = (sentence: string, evidence: readonly string[] = []): Finding => ({
  verdict: 'failed',
  sentence,
  evidence: bounded(evidence),
});

export const unknown = (sentence: string, evidence: readonly string[] = []): Finding => ({
  verdict: 'unknown',
  sentence,
  evidence: bounded(evidence),
});

export const notRun = (sentence: string): Finding => ({ verdict: 'not-run', sentence, evidence: [] });

/** Passed only where every check did. */
export function reportOf(about: string, checks: readonly CheckResult[]): ChecksReport {
  const isPassed = checks.length > 0 && checks.every(({ verdict }) => verdict === 'passed');
  return { format: 'rollouts-checks', version: 1, about, verdict: isPassed ? 'passed' : 'failed', checks };
}

/** For a terminal: a line a check, what failed with its evidence. */
export function linesOf({ about, verdict, checks }: ChecksReport): readonly string[] {
  const sign = { passed: 'ok      ', failed: 'FAILED  ', unknown: 'UNKNOWN ', 'not-run': 'not run ' };
  const count = checks.filter((check) => check.verdict === 'passed').length;
  return [
    ...checks.flatMap((check) => [
      `${sign[check.verdict]}${check.name}: ${check.sentence}`,
      ...check.evidence.map((line) => `          ${line.replaceAll('\n', '\n          ')}`),
    ]),
    `${about}: ${verdict}, ${count} of ${checks.length} checks.`,
  ];
}

function bounded(evidence: readonly string[]): readonly string[] {
  if (evidence.length <= mostEvidence) return evidence;
  return [...evidence.slice(0, mostEvidence - 1), `… and ${evidence.length - mostEvidence + 1} more`];
}
