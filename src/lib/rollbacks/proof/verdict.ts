/** What five checks come to together. */
import { checkNames, type Check, type Proof } from './Proof.js';

/** How long it is looked again, ms of domain time. */
export const proofMs = 60 * 60_000;

/** `proven`: all passed · `failed`: one failed · else `unknown`. A check that is missing was not looked at. */
export function verdictOf(checks: readonly Pick<Check, 'name' | 'verdict'>[]): Proof['verdict'] {
  if (checks.some(({ verdict }) => verdict === 'failed')) return 'failed';
  const isProven = checkNames.every((name) =>
    checks.some((check) => check.name === name && check.verdict === 'passed'),
  );
  return isProven ? 'proven' : 'unknown';
}

/** Nothing more is looked for where everything is known, or the hour is over. */
export function isFinal(checks: readonly Pick<Check, 'verdict'>[], beganAt: number, now: number): boolean {
  return checks.every(({ verdict }) => verdict !== 'unknown') || now >= beganAt + proofMs;
}
