/** A plan's guards as comparisons that the judge decides on. */
import type { Comparison } from '../../health/judging/verdict.js';
import { type EvidenceState, newEvidence } from '../../health/judging/evidence.js';
import { lnLimit } from '../../health/judging/eProcess.js';
import { riskRatioInterval, type RiskRatioInterval } from '../../health/judging/riskRatio.js';
import type { Tick } from '../../health/judging/ticks.js';
import type { EvidenceDocument, RolloutDocument, TickSummary } from '../documents.js';
import type { Plan, PlanGuard } from '../plans/Plan.js';

/** Of the intervals that people are shown. */
export const intervalAlpha = 0.05;

/** `errors@1.2` */
export function guardId({ metric, margin }: Pick<PlanGuard, 'metric' | 'margin'>): string {
  return `${metric}@${margin}`;
}

/** Nothing seen yet. @param cuts how many latency cuts there are; without any, latency cannot be judged. */
export function newGuards(plan: Plan, cuts: number): Readonly<Record<string, EvidenceState>> {
  return Object.fromEntries(
    plan.guards
      .filter(({ metric }) => metric !== 'latency' || cuts > 0)
      .map((guard) => [
        guardId(guard),
        // Latency's margin is in the shift of the cuts: of the slow runs there may be as many as the control's.
        newEvidence(guard.metric === 'latency' ? { margin: 1, views: cuts } : { margin: guard.margin }),
      ]),
  );
}

/** Whether this guard's H0 was ever rejected. */
export function isProven({ alpha }: PlanGuard, state: EvidenceState | undefined): boolean {
  return state !== undefined && state.peakLnE >= lnLimit(alpha);
}

/** Fewer failing guilds than this may have a trouble of their own: a person looks before everybody loses the feature. */
const fewGuilds = 3;

/** What rolls back or pauses; guards that only tell are no part of the decision. */
export function comparisons(
  { plan, progress }: Pick<RolloutDocument, 'plan' | 'progress'>,
  evidence: EvidenceDocument,
  intervalOf: (metric: PlanGuard['metric']) => RiskRatioInterval | null,
): readonly Comparison[] {
  const isOfFew = progress.failingGuilds < Math.min(fewGuilds, progress.canaryGuilds);
  return plan.guards.flatMap((guard): Comparison[] => {
    const state = evidence.guards[guardId(guard)];
    if (state === undefined || guard.action === 'notify') return [];
    const { metric, margin, alpha, action } = guard;
    const rollsBack = action === 'rollback' && !(metric === 'errors' && isOfFew);
    const leadsTo = rollsBack ? 'ROLLBACK' : 'PAUSE';
    return [{ metric, margin, alpha, leadsTo, peakLnE: state.peakLnE, interval: intervalOf(metric) }];
  });
}

/** The ticks of one metric as people see its ratio: for latency the share of runs slower than the control's slowest tenth. */
export function ticksOf(metric: PlanGuard['metric'], ticks: readonly TickSummary[]): readonly Tick[] {
  switch (metric) {
    case 'errors':
      return ticks.map(({ errors }) => errors);
    case 'latency':
      return ticks.map(({ slow }) => slow ?? nothing);
    case 'satisfaction':
      return ticks.map(({ ratings }) => ratings ?? nothing);
  }
}

/** Null where nothing could be compared yet. */
export function intervalOver(ticks: readonly Tick[], startsAt: readonly number[]): RiskRatioInterval | null {
  if (!ticks.some(({ canary, control }) => canary.exposure > 0 && control.exposure > 0)) return null;
  const starts = startsAt.filter((at) => at < ticks.length);
  return riskRatioInterval(ticks, { alpha: intervalAlpha, startsAt: starts.length === 0 ? [0] : starts });
}

const nothing: Tick = { canary: { bad: 0, exposure: 0 }, control: { bad: 0, exposure: 0 } };
