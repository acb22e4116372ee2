import type { GateResult } from './GateResult.js';

/** Whether a stage of this name passed; undefined where there is no result, no such stage, or it was not run. */
export function passedIn(result: GateResult | undefined, stage: string): boolean | undefined {
  const found = result?.stages.find(({ name }) => name === stage);
  return found === undefined || found.verdict === 'not-run' ? undefined : found.verdict === 'passed';
}
