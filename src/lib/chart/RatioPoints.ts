/** What a chart is drawn from: plain data, so that the drawing knows nothing of rollouts. */
export interface RatioPoint {
  /** Domain time, ms since epoch. */
  readonly at: number;
  /** Canary over control; null = not known. */
  readonly ratio: number | null;
  /** Surely at least this; 0 = nothing proven. */
  readonly lower: number;
  /** Surely at most this; null = not known yet. */
  readonly upper: number | null;
}

export interface RatioPoints {
  /** Oldest first. */
  readonly points: readonly RatioPoint[];
  /** When each phase began, oldest first. */
  readonly phases: readonly { readonly at: number; readonly name: string }[];
  /** The ratio above which proven harm is acted upon. */
  readonly limit: number;
  /** What is compared. @default "Errors" */
  readonly metric?: string;
}
