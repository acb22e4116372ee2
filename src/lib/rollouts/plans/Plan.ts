/** A plan as it is followed: read from YAML, checked, and laid out step by step. Plain JSON, so that a rollout keeps its own copy. */
import type { ComparisonDefaults } from '../../health/judging/metricDefaults.js';
import type { PrometheusMetrics } from '../../health/sources/planSchema.js';
import type { FileProblem } from '../../yaml/readYaml.js';

/** What a guard does once its evidence is proven. */
export const guardActions = ['rollback', 'pause', 'notify'] as const;
export type GuardAction = (typeof guardActions)[number];

/** What must hold beside the judge's verdict before a step is left. */
export interface StepCriteria {
  /** A gate of this name has passed for the flag. */
  readonly gatePassed?: string;
  /** Nobody with the feature reported a critical problem during the step. */
  readonly noCriticalReports?: boolean;
  /** The mean of the ratings given with the feature during the step, 1…5 stars. */
  readonly minRating?: number;
  /** The errors' ratio must surely be below this. */
  readonly maxRatio?: number;
}

/** One step: a phase of the file, or one of the percentages of a phase that lists several. */
export interface PlanStep {
  /** The phase's name in the file. */
  readonly phase: string;
  /** Unique in the plan: the phase's name, with the percentage where the phase lists several. */
  readonly name: string;
  /** As written, 0…10000. While the rollout runs at most all but the hold-back are served. */
  readonly basisPoints: number;
  /** Ids, guild names or cohorts, as written. */
  readonly targetGuilds: readonly string[];
  /** Domain time, ms. */
  readonly durationMs: number;
  readonly criteria: StepCriteria;
}

/** One comparison between the arms. */
export interface PlanGuard {
  readonly metric: ComparisonDefaults['metric'];
  /** psi0: how many times the control's risk (latency: time) the canary's may be. */
  readonly margin: number;
  /** Chance of a false alarm over the whole rollout. */
  readonly alpha: number;
  readonly action: GuardAction;
}

/** Limits that need no comparison. */
export interface PlanLimits {
  /** More distinct reporters of critical problems than this within 2 h. `rollback` only where the plan names it a trigger. */
  readonly reports: { readonly maxReporters: number; readonly action: GuardAction };
  /** Growth of memory within 4 h, 0.3 = +30 %. */
  readonly memoryGrowth: number;
  /** Fraction of the canary's runs within 5 min above which it is a crash storm. */
  readonly crashRate: number;
  /** Fraction of the control's runs within 5 min above which it is an outage. */
  readonly outageRate: number;
}

/** When a second person has to agree. Only where approvers are configured. */
export interface PlanApprovals {
  /** `large`: steps that turn newly on more members or guilds than below · `always`: every widening step · `never`. */
  readonly required: 'never' | 'large' | 'always';
  readonly members: number;
  /** Of all guilds, 0…1. */
  readonly share: number;
}

/** Hours in which nothing is widened. */
export interface QuietHours {
  /** Minutes after midnight; where `from` is the later one the span crosses midnight. */
  readonly from: number;
  readonly to: number;
  /** IANA name. */
  readonly timeZone: string;
  /** 0 = Sunday … 6; the days on which a span begins. */
  readonly days: readonly number[];
}

export interface Plan {
  readonly name: string;
  readonly description: string;
  readonly steps: readonly PlanStep[];
  /** Kept as control until the rollout completes. */
  readonly holdBackBasisPoints: number;
  readonly guards: readonly PlanGuard[];
  readonly limits: PlanLimits;
  /** Metrics that the bot cannot see itself. */
  readonly prometheus?: PrometheusMetrics;
  /** Below these a step holds. */
  readonly minExposure: { readonly guilds: number; readonly commands: number };
  /** The last step goes on by itself only where every ratio is surely below this. */
  readonly tolerance: number;
  readonly approvals: PlanApprovals;
  readonly quietHours: QuietHours | null;
}

/** One plan that can be started, or a file that cannot be read as one. */
export type ListedPlan =
  | { readonly ok: true; readonly source: string; readonly plan: Plan }
  | {
      readonly ok: false;
      readonly source: string;
      readonly name: string;
      readonly problems: readonly PlanProblem[];
    };

/** Where a file is wrong and what would be right. */
export type PlanProblem = FileProblem;
