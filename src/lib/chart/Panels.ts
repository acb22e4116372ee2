/** What small charts side by side are drawn from: plain data. */
export interface Panel {
  /** "Errors, %" */
  readonly title: string;
  /** Oldest first; domain time, ms since epoch; null = not measured. */
  readonly points: readonly (readonly [at: number, value: number | null])[];
  /** Above it (or below) is too much; drawn across. */
  readonly limit?: number;
  /** What is usual; drawn across. */
  readonly usual?: number;
  /** Drawn red: this is what is not well. @default false */
  readonly isBad?: boolean;
}
