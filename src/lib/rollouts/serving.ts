/** What a step serves. */
import type { RolloutDocument } from './documents.js';
import type { Plan } from './plans/Plan.js';

type Served = Pick<RolloutDocument, 'plan' | 'before' | 'targets'>;

/** While it runs, a share is held back as control; a rollout never takes the feature from who had it before. */
export function servedBasisPoints({ plan, before }: Pick<Served, 'plan' | 'before'>, step: number): number {
  const planned = Math.min(plan.steps[step]?.basisPoints ?? 0, 10_000 - plan.holdBackBasisPoints);
  return Math.max(planned, before.enabled ? before.basisPoints : 0);
}

/** Targets of this step and of those before it: whoever has the feature keeps it. */
export function targetsUpTo({ targets }: Pick<Served, 'targets'>, step: number): readonly string[] {
  return [...new Set(targets.slice(0, step + 1).flat())];
}

export function isLastStep(plan: Plan, step: number): boolean {
  return step >= plan.steps.length - 1;
}

/** A step of hand-picked targets only has nothing to compare with. */
export function isComparedStep(document: Pick<Served, 'plan' | 'before'>, step: number): boolean {
  const basisPoints = servedBasisPoints(document, step);
  return basisPoints > 0 && basisPoints < 10_000;
}
