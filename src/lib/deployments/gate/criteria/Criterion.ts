/** One of a stage's success criteria, read and checked: what it asks of the stage, and how to decide it. */

/** From the least to the worst. */
export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** A sentence about results. Without a report it goes by the exit code. */
export type Sentence =
  | { readonly about: 'command' }
  | { readonly about: 'tests' }
  /** None of this severity or a worse one. */
  | { readonly about: 'issues'; readonly from: Severity };

export interface Criterion {
  /** As it stands in the file: `coverage >= 80%`. */
  readonly text: string;
  /** Names of the numbers that it needs. */
  readonly measures: readonly string[];
  /** Names of the numbers whose baseline it needs. */
  readonly baselines: readonly string[];
  readonly sentences: readonly Sentence[];
  /** Every number and every sentence that it needs must be there, sentences in their order. */
  isMet(known: Known): boolean;
}

export interface Known {
  readonly measures: Readonly<Record<string, number>>;
  readonly baselines: Readonly<Record<string, number>>;
  readonly sentences: readonly boolean[];
}
