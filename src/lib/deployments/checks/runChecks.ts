import { RolloutError } from '../../core/RolloutError.js';
import type { Clock } from '../../core/Clock.js';
import { failed, notRun, type CheckResult, type Finding } from './CheckResult.js';

export interface Check {
  readonly name: string;
  /** Where it throws a RolloutError, it failed in that error's words; anything else is a bug, and is thrown on. */
  readonly run: () => Promise<Finding>;
  /** The later ones make no sense without it. */
  readonly isNeeded?: boolean;
}

export type CheckNews =
  | { readonly kind: 'started'; readonly name: string }
  | { readonly kind: 'ended'; readonly result: CheckResult };

/** Runs them in order; after one that is needed and did not pass, the others are not run. */
export async function runChecks(
  checks: readonly Check[],
  realTime: Clock,
  onNews: (news: CheckNews) => void = () => undefined,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  let obstacle: string | undefined;
  for (const { name, run, isNeeded = false } of checks) {
    if (obstacle === undefined) onNews({ kind: 'started', name });
    const begun = realTime.now();
    const finding =
      obstacle === undefined
        ? await run().catch(inItsWords)
        : notRun(`Not looked at, since "${obstacle}" did not pass.`);
    const result = { name, ...finding, tookMs: Math.max(0, realTime.now() - begun) };
    results.push(result);
    onNews({ kind: 'ended', result });
    if (isNeeded && finding.verdict !== 'passed') obstacle ??= name;
  }
  return results;
}

function inItsWords(error: unknown): Finding {
  if (!(error instanceof RolloutError)) throw error;
  return failed(error.next === undefined ? error.message : `${error.message} ${error.next}`);
}
