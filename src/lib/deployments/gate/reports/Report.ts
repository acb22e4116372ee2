/** What a report says, whatever its format: numbers of a stage, for its criteria. */

export type ReportKind = 'tests' | 'coverage' | 'issues' | 'numbers';

export interface Tests {
  readonly kind: 'tests';
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

export interface Covered {
  readonly covered: number;
  /** 0: nothing that could be covered, and so no percentage. */
  readonly of: number;
}

export interface Coverage {
  readonly kind: 'coverage';
  readonly lines: Covered;
  readonly branches: Covered;
}

export interface Issues {
  readonly kind: 'issues';
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
}

export interface Numbers {
  readonly kind: 'numbers';
  /** Path of keys and indices, joined by dots -> value. */
  readonly values: ReadonlyMap<string, number>;
}

export type Report = Tests | Coverage | Issues | Numbers;

/** A report that cannot be used; the message is to be read after its name: `is larger than 64 MiB`. */
export class BadReport extends Error {}
