/** What a {@link RolloutError} carries beside its message. */
export interface RolloutErrorOptions {
  /** What the person can do now, as one plain sentence. */
  readonly next?: string;
  /** Facts for the log; never shown to people, never a secret. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The base of every error that is meant for a person: `message` says what happened and why, `next` what to do.
 * Anything else that is thrown is a bug, and is answered with an incident id instead of its text.
 */
export abstract class RolloutError extends Error {
  /** Stable, upper-case, for code: `UNKNOWN_FLAG`. */
  public abstract readonly code: string;
  public readonly next: string | undefined;
  public readonly context: Readonly<Record<string, unknown>>;

  public constructor(message: string, options: RolloutErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.next = options.next;
    this.context = options.context ?? {};
  }
}
