/** What shows that a rollback really happened: five checks, each with its evidence. */
import type { Json } from '../../core/Json.js';

export const checkNames = [
  'flags-off',
  'performance-restored',
  'errors-normal',
  'commands-work',
  'data-integrity',
] as const;
export type CheckName = (typeof checkNames)[number];

/** `unknown` is an answer: there is not enough data yet, or somebody did not answer. */
export type CheckVerdict = 'passed' | 'failed' | 'unknown';

export interface Check {
  readonly name: CheckName;
  readonly verdict: CheckVerdict;
  /** For people: what was found, with the numbers, and what to do where it is not well. */
  readonly sentence: string;
  /** The numbers behind it; small (≤ 8 KB), since it stands in a document. Processes that did not answer are named here. */
  readonly evidence: Json;
  /** Domain time, ms since epoch. */
  readonly at: number;
}

export interface Proof {
  /** Domain time at which it was first looked for: it looks again until it knows, or an hour is over. */
  readonly beganAt: number;
  readonly at: number;
  readonly checks: readonly Check[];
  /** `proven`: all passed · `failed`: one failed · `unknown`: still looking, or the hour is over. */
  readonly verdict: 'proven' | 'failed' | 'unknown';
  /** Nothing more will be looked for. */
  readonly isFinal: boolean;
}
