/** Two implementations of the same thing, of which a flag names the one that answers. */

export type Side = 'candidate' | 'control';

/** What an implementation is told of the call. */
export interface Call {
  /** True where nobody gets the answer: it must change nothing. */
  readonly isShadow: boolean;
  /** Aborted where a shadow took too long; never for the one that answers. */
  readonly signal: AbortSignal;
}

export type Implementation<T> = (call: Call) => T | Promise<T>;

/** How often, and how long, the other implementation runs beside the one that answers. */
export interface CompareOptions<T = unknown> {
  /** Of all calls, 0…1. @default 0.1 */
  readonly share?: number;
  /** Real time; a shadow that takes longer is told to stop and counts as too slow. @default 5000 */
  readonly timeoutMs?: number;
  /** @default equal in depth, as `node:util`'s `isDeepStrictEqual` sees it */
  readonly isSame?: (candidate: T, control: T) => boolean;
  /**
   * Texts are recorded by their length, because they may be personal. True where they may be kept, and shown to staff.
   * @default false
   */
  readonly showTexts?: boolean;
}

export interface Implementations<T> {
  /** Answers where the flag is on. */
  readonly candidate: Implementation<T>;
  /** Answers everywhere else. */
  readonly control: Implementation<T>;
  /** A candidate that throws is answered by the control, and the run counts as failed. @default false */
  readonly fallback?: boolean;
  /**
   * Runs the other one, too, after the answer was given, and records where they differ. Only for work without side effects:
   * everything the shadow writes is written twice.
   * @default false
   */
  readonly compare?: boolean | CompareOptions<T>;
}

export const compareDefaults = { share: 0.1, timeoutMs: 5000 } as const;
