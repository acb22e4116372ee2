/** From what a file says to the plan that is followed: defaults filled in, phases laid out as steps. */
import { comparisonDefaults } from '../../health/judging/metricDefaults.js';
import { failureLimitDefaults } from '../../health/judging/hardLimits/failures.js';
import { memoryLimitDefaults } from '../../health/judging/hardLimits/memory.js';
import { reportLimitDefaults } from '../../health/judging/hardLimits/userReports.js';
import { decisionDefaults } from '../../health/judging/verdict.js';
import type { GuardAction, Plan, PlanGuard, PlanStep, StepCriteria } from './Plan.js';
import type { PlanFile } from './schema.js';
import { weekdays } from './values.js';

type Strategy = PlanFile['rollout_strategy'];
type Phase = Strategy['phases'][number];

export function layOut({ rollout_strategy: strategy }: PlanFile, nameOfFile: string): Plan {
  const triggers = Object.assign({}, ...(strategy.rollback_triggers ?? [])) as NonNullable<
    Strategy['rollback_triggers']
  >[number];
  const { minimum_exposure: exposure, hard_limits: limits, approvals } = strategy;
  return {
    name: strategy.name ?? nameOfFile,
    description: strategy.description ?? '',
    steps: strategy.phases.flatMap(stepsOf),
    holdBackBasisPoints: strategy.hold_back ?? 500,
    guards: guardsOf(strategy, triggers),
    limits: {
      reports: {
        maxReporters: triggers.user_complaints ?? reportLimitDefaults.maxReporters,
        action: triggers.user_complaints === undefined ? 'pause' : 'rollback',
      },
      memoryGrowth: triggers.memory_increase ?? limits?.memory_growth ?? memoryLimitDefaults.growth,
      crashRate: limits?.crash_rate ?? failureLimitDefaults.canaryRate,
      outageRate: limits?.outage_rate ?? failureLimitDefaults.controlRate,
    },
    ...(strategy.prometheus !== undefined && { prometheus: strategy.prometheus }),
    minExposure: {
      guilds: exposure?.guilds ?? decisionDefaults.minGuilds,
      commands: exposure?.commands ?? decisionDefaults.minCommands,
    },
    tolerance: strategy.tolerance ?? decisionDefaults.tolerance,
    approvals: {
      required: approvals?.required ?? 'large',
      members: approvals?.members ?? 100_000,
      share: approvals?.share ?? 0.25,
    },
    quietHours: quietHoursOf(strategy),
  };
}

function stepsOf(phase: Phase): readonly PlanStep[] {
  const several = phase.percentage.length > 1;
  return phase.percentage.map((basisPoints) => ({
    phase: phase.name,
    name: several ? `${phase.name} ${basisPoints / 100} %` : phase.name,
    basisPoints,
    targetGuilds: phase.target_guilds ?? [],
    durationMs: phase.duration ?? phase.duration_per_phase ?? 0,
    criteria: criteriaOf(phase),
  }));
}

function criteriaOf({ success_criteria: criteria = {} }: Phase): StepCriteria {
  return {
    ...(criteria.gate_passed !== undefined && { gatePassed: criteria.gate_passed }),
    ...(criteria.no_critical_reports !== undefined && { noCriticalReports: criteria.no_critical_reports }),
    ...(criteria.min_rating !== undefined && { minRating: criteria.min_rating }),
    ...(criteria.max_ratio !== undefined && { maxRatio: criteria.max_ratio }),
  };
}

/** A trigger moves the margin of its metric's sternest guard and makes it roll back. */
function guardsOf(
  { guards = [] }: Strategy,
  triggers: Readonly<Record<string, number | undefined>>,
): readonly PlanGuard[] {
  const given = new Set(guards.map(({ metric }) => metric));
  const defaults = comparisonDefaults
    .filter(({ metric }) => !given.has(metric))
    .map(({ metric, margin, alpha, leadsTo }): PlanGuard => {
      const rise =
        metric === 'errors'
          ? triggers['error_rate_increase']
          : metric === 'latency'
            ? triggers['response_time_degradation']
            : undefined;
      const isLesser = metric === 'errors' && leadsTo === 'PAUSE';
      if (rise === undefined || isLesser) return { metric, margin, alpha, action: actionOf(leadsTo) };
      return { metric, margin: 1 + rise, alpha, action: 'rollback' };
    });
  return [...defaults, ...guards];
}

function actionOf(leadsTo: 'ROLLBACK' | 'PAUSE'): GuardAction {
  return leadsTo === 'ROLLBACK' ? 'rollback' : 'pause';
}

function quietHoursOf({ quiet_hours: hours }: Strategy): Plan['quietHours'] {
  if (hours === undefined) return null;
  const { from, to, time_zone: timeZone = 'UTC', days = weekdays } = hours;
  return { from, to, timeZone, days: days.map((day) => weekdays.indexOf(day)) };
}
