/** The limits that need no comparison, for one rollout, from what was just measured. */
import { failureLimit, failureLimitDefaults } from '../../health/judging/hardLimits/failures.js';
import type { HardLimit } from '../../health/judging/hardLimits/HardLimit.js';
import { memoryLimit, memoryLimitDefaults } from '../../health/judging/hardLimits/memory.js';
import { probeLimit, storeGapLimit } from '../../health/judging/hardLimits/probes.js';
import {
  type CriticalReport,
  reportLimit,
  reportLimitDefaults,
} from '../../health/judging/hardLimits/userReports.js';
import type { UnitTable } from '../../health/recording/columns/UnitTable.js';
import type { ProcessReport } from '../../health/recording/ProcessReport.js';
import type { JudgedTimeDocument, RolloutDocument } from '../documents.js';
import { armFailures } from './armFailures.js';

export interface LimitFacts {
  /** Of the last minutes. */
  readonly recent: UnitTable;
  readonly processes: readonly ProcessReport[];
  readonly reports: readonly CriticalReport[];
  readonly gap: JudgedTimeDocument['gap'];
  readonly now: number;
  readonly realNow: number;
}

/** Our own store has a limit of its own. */
const ownProbe = 'state-store';

export function hardLimits(document: RolloutDocument, facts: LimitFacts): readonly HardLimit[] {
  const { limits } = document.plan;
  const { recent, processes, reports, now, realNow } = facts;
  const changedAt = document.served?.realAt ?? null;
  const { canary, control } = armFailures(recent);
  const failures = failureLimit(canary, control, {
    ...failureLimitDefaults,
    canaryRate: limits.crashRate,
    controlRate: limits.outageRate,
  });
  const memory = mayHaveGrown(processes, limits.memoryGrowth)
    ? memoryLimit(
        processes.map(({ process, memory: samples }) => ({ process, samples })),
        realNow,
        changedAt,
        { ...memoryLimitDefaults, growth: limits.memoryGrowth },
      )
    : null;
  const reported =
    limits.reports.action === 'notify'
      ? null
      : reportLimit(
          reports.filter(({ at }) => at > (document.resumedAt ?? -Infinity)),
          now,
          limits.reports.action === 'rollback',
          { ...reportLimitDefaults, maxReporters: limits.reports.maxReporters },
        );
  const found = [
    failures,
    memory,
    ...databases(processes, changedAt),
    reported,
    storeGap(document, facts.gap),
  ];
  return found.filter((limit) => limit !== null);
}

/** The slope looks at every pair of minutes: only where a process could have grown so much is that worth the while. */
function mayHaveGrown(processes: readonly ProcessReport[], growth: number): boolean {
  return processes.some(({ memory }) => {
    const bytes = memory.map((sample) => sample.bytes);
    return Math.max(...bytes) >= (1 + growth) * Math.min(...bytes);
  });
}

function databases(
  processes: readonly ProcessReport[],
  changedAt: number | null,
): readonly (HardLimit | null)[] {
  const names = new Set(processes.flatMap(({ probes }) => Object.keys(probes)));
  names.delete(ownProbe);
  return [...names].map((name) => {
    const results = processes.flatMap(({ probes }) => probes[name] ?? []).sort((a, b) => a.at - b.at);
    return probeLimit(name, results, changedAt);
  });
}

function storeGap({ gapsSeen }: RolloutDocument, gap: LimitFacts['gap']): HardLimit | null {
  return gap !== null && gap.n > gapsSeen && gap.cause === 'store' ? storeGapLimit(gap.ms) : null;
}

/** Every probe of every process answered well the last time. */
export function areProbesGreen(processes: readonly ProcessReport[]): boolean {
  return processes.every(({ probes }) =>
    Object.values(probes).every((results) => results.at(-1)?.isHealthy !== false),
  );
}
