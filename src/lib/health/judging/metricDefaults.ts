/** The metrics that are compared between arms, as a plan that says nothing else gets them. */

/** What reaching a limit leads to. */
export type Consequence = 'ROLLBACK' | 'PAUSE';

/** One comparison: a metric at one margin. */
export interface ComparisonDefaults {
  readonly metric: 'errors' | 'latency' | 'satisfaction';
  /** psi0: how many times the control's risk (latency: time) the canary's may be. */
  readonly margin: number;
  /** Chance of a false alarm over the whole rollout. */
  readonly alpha: number;
  readonly leadsTo: Consequence;
}

/** All pauses together (0.02 + 0.004 + 0.02, and 0.005 of the sample ratio) stay below 5 % a rollout. */
export const comparisonDefaults: readonly ComparisonDefaults[] = [
  { metric: 'errors', margin: 1.2, alpha: 0.006, leadsTo: 'ROLLBACK' },
  { metric: 'errors', margin: 1, alpha: 0.02, leadsTo: 'PAUSE' },
  // ROLLBACK where the plan names latency as a trigger.
  { metric: 'latency', margin: 1.5, alpha: 0.004, leadsTo: 'PAUSE' },
  { metric: 'satisfaction', margin: 1.1, alpha: 0.02, leadsTo: 'PAUSE' },
];
