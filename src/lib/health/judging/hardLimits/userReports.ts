/** Critical problems that people report by hand. */
import type { HardLimit } from './HardLimit.js';

/** One report of a critical problem with the feature. */
export interface CriticalReport {
  readonly reporter: string;
  readonly guild: string;
  /** Whether the guild had the feature; the form offers every active flag, so that guilds without it are a control. */
  readonly hasFeature: boolean;
  /** Domain time in ms. */
  readonly at: number;
}

export interface ReportLimits {
  readonly windowMs: number;
  /** More distinct reporters than this pass the limit. */
  readonly maxReporters: number;
  readonly minGuilds: number;
}

export const reportLimitDefaults: ReportLimits = { windowMs: 2 * 3_600_000, maxReporters: 5, minGuilds: 2 };

/**
 * ROLLBACK where the plan names reports as a trigger and only guilds with the feature report, else PAUSE. Reporters are
 * counted once, and so are guilds: 2,000 reports from one guild stay one guild's.
 *
 * @param now domain time in ms; reports older than the window, or from later than now, do not count.
 */
export function reportLimit(
  reports: readonly CriticalReport[],
  now: number,
  isTrigger: boolean,
  limits: ReportLimits = reportLimitDefaults,
): HardLimit | null {
  const recent = reports.filter(({ at }) => at > now - limits.windowMs && at <= now);
  const reporters = new Set(recent.map(({ reporter }) => reporter)).size;
  const guilds = new Set(recent.map(({ guild }) => guild)).size;
  if (reporters <= limits.maxReporters || guilds < limits.minGuilds) return null;
  const guildsWithout = new Set(recent.filter(({ hasFeature }) => !hasFeature).map(({ guild }) => guild))
    .size;
  const leadsTo = isTrigger && guildsWithout === 0 ? 'ROLLBACK' : 'PAUSE';
  return { limit: 'user-reports', leadsTo, pages: false, facts: { reporters, guilds, guildsWithout } };
}
