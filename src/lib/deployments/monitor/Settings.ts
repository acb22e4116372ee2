/** How a deployment is watched; `monitor:` of deployments.yaml. */
export interface MonitorSettings {
  /** Domain time, ms. */
  readonly forMs: number;
  readonly everyMs: number;
  /** Looks in a row that must be bad before it counts, where no proof and no hard limit says so at once. */
  readonly inARow: number;
  /** Runs that a look must rest on; with fewer nothing is said about errors and times. */
  readonly minRuns: number;
  /** By how much more than usual is too much: 0.2 = +20 %. */
  readonly limits: { readonly errors: number; readonly responseTimes: number; readonly memory: number };
  /** Probes (`rollouts.probe(name, …)`) that ask a service of somebody else's; all others are databases. */
  readonly externalServices: readonly string[];
}

/** What holds where deployments.yaml says nothing. */
export const monitorDefaults: MonitorSettings = {
  forMs: 60 * 60_000,
  everyMs: 30_000,
  inARow: 10,
  minRuns: 200,
  limits: { errors: 0.2, responseTimes: 0.5, memory: 0.3 },
  externalServices: [],
};
