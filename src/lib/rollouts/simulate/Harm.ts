/** What is wrong with the feature in a tried rollout, in every guild that has it and from the first one on. */
export interface Harm {
  readonly metric: 'errors' | 'latency';
  /** Errors: so many times as many of a guild's units have one. Latency: every run takes so many times as long. */
  readonly factor: number;
}
