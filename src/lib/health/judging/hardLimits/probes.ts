/** Databases that hosts let us ask, and our own store. */
import { blame } from './blame.js';
import type { HardLimit } from './HardLimit.js';

/** One answer of a host's probe (`rollouts.probe('postgres', fn)`); a timeout is a failure. */
export interface ProbeResult {
  /** Domain time in ms. */
  readonly at: number;
  readonly isHealthy: boolean;
}

export interface ProbeLimits {
  /** How many of the last probes are looked at, and how many of them must have failed. */
  readonly last: number;
  readonly failures: number;
  /** How long before the onset a change is a suspect, in ms. */
  readonly spanMs: number;
}

const probeLimitDefaults: ProbeLimits = { last: 5, failures: 3, spanMs: 4 * 3_600_000 };

/**
 * PAUSE and page, or ROLLBACK where the feature was changed within the span before the first of the failures.
 *
 * @param results of one probe, oldest first.
 * @param changedAt when this rollout last changed what is served, domain time in ms; null = not yet.
 */
export function probeLimit(
  probe: string,
  results: readonly ProbeResult[],
  changedAt: number | null,
  limits: ProbeLimits = probeLimitDefaults,
): HardLimit | null {
  const failed = results.slice(-limits.last).filter(({ isHealthy }) => !isHealthy);
  const onset = failed[0];
  if (!onset || failed.length < limits.failures) return null;
  const facts = { probe, failed: failed.length, of: limits.last, onsetAt: onset.at };
  return { limit: 'database', ...blame(onset.at, changedAt, limits.spanMs), facts };
}

/** How long our own store may be away before its return pauses rollouts. */
const storeGapDefaultMs = 5 * 60_000;

/**
 * PAUSE on the store's return after a long gap: nobody judged or could change anything meanwhile.
 *
 * @param awayMs how long it was away, in ms of domain time; the phase's time excludes it in any case.
 */
export function storeGapLimit(awayMs: number, maxAwayMs = storeGapDefaultMs): HardLimit | null {
  return awayMs > maxAwayMs
    ? { limit: 'state-store', leadsTo: 'PAUSE', pages: false, facts: { awayMs } }
    : null;
}
