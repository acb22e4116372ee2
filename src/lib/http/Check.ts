/** One thing that must be well before this process counts as ready. */
export interface Check {
  /** A word: `store`, `gateway`, `state`. */
  readonly name: string;
  readonly ok: boolean;
  /** Where it is not: what is wrong, as one sentence without secrets. Anybody who reaches the port reads it. */
  readonly why?: string;
}
