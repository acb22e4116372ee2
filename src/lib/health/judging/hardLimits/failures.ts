/** Crash storms and outages: too many commands fail within five minutes to wait for a comparison. */
import type { HardLimit } from './HardLimit.js';

/** How far back the counts for both limits reach. */
export const failureWindowMs = 5 * 60_000;

/** What one arm did within the window, self-chosen guilds included. The counts of guilds are asked for only where the rest says so. */
export interface ArmFailures {
  readonly runs: number;
  /** Unexpected errors among the runs. */
  readonly failures: number;
  /** Guilds with at least one run. */
  readonly guilds: number;
  /** Guilds with at least one failure. */
  readonly failingGuilds: number;
}

export interface FailureLimits {
  /** Fraction of the canary's runs above which it is a crash storm. */
  readonly canaryRate: number;
  /** Fraction of the control's runs above which it is an outage: Discord or us, not the feature. */
  readonly controlRate: number;
  readonly minFailures: number;
  readonly minFailingGuilds: number;
  /** Failures that one guild must have where fewer than `minFailingGuilds` are exposed at all. */
  readonly minFailuresWhereFew: number;
  /** How many times the control's rate the canary's must be. */
  readonly timesControl: number;
}

export const failureLimitDefaults: FailureLimits = {
  canaryRate: 0.25,
  controlRate: 0.1,
  minFailures: 20,
  minFailingGuilds: 3,
  minFailuresWhereFew: 5,
  timesControl: 3,
};

/**
 * PAUSE where the control itself fails (an outage), else ROLLBACK where the canary does (a crash storm), else null. An outage
 * suspends the crash-storm row: who fails with everybody is not to blame. Without any control run the comparison is left out.
 */
export function failureLimit(
  canary: ArmFailures,
  control: ArmFailures,
  limits: FailureLimits = failureLimitDefaults,
): HardLimit | null {
  const facts = { canaryRate: rate(canary), canaryFailures: canary.failures, controlRate: rate(control) };
  if (isOutage(control, limits)) return { limit: 'outage', leadsTo: 'PAUSE', pages: true, facts };
  if (isCrashStorm(canary, control, limits))
    return { limit: 'crash-storm', leadsTo: 'ROLLBACK', pages: true, facts };
  return null;
}

function isOutage(control: ArmFailures, limits: FailureLimits): boolean {
  if (control.failures < limits.minFailures || rate(control) <= limits.controlRate) return false;
  return control.failingGuilds >= limits.minFailingGuilds;
}

function isCrashStorm(canary: ArmFailures, control: ArmFailures, limits: FailureLimits): boolean {
  if (rate(canary) <= limits.canaryRate || rate(canary) < limits.timesControl * rate(control)) return false;
  const isFew = canary.guilds < limits.minFailingGuilds;
  return isFew
    ? canary.failures >= limits.minFailuresWhereFew
    : canary.failures >= limits.minFailures && canary.failingGuilds >= limits.minFailingGuilds;
}

function rate({ runs, failures }: ArmFailures): number {
  return runs === 0 ? 0 : failures / runs;
}
