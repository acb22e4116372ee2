/** What a plan wants to see before a step is left, beside a judge that found nothing. */
import type { PlanStep } from './plans/Plan.js';

export interface CriteriaFacts {
  /** Undefined where no gate of that name has reported. */
  readonly gatePassed: (gate: string) => boolean | undefined;
  readonly criticalReports: number;
  /** Stars of those who have the feature, in this step. */
  readonly ratings: readonly number[];
  /** Upper limit of the errors' ratio; null = not known. */
  readonly errorsBelow: number | null;
}

/** The first that is not met, in plain words; null where all are. What is not known is not met. */
export function unmetCriterion({ criteria }: PlanStep, facts: CriteriaFacts): string | null {
  const { gatePassed, noCriticalReports, minRating, maxRatio } = criteria;
  if (gatePassed !== undefined && facts.gatePassed(gatePassed) !== true) {
    return facts.gatePassed(gatePassed) === false
      ? `the gate ${gatePassed} failed`
      : `no gate named ${gatePassed} has reported yet. A person may go on without it by /rollout advance`;
  }
  if (noCriticalReports === true && facts.criticalReports > 0) {
    return `critical problems were reported in this step (${facts.criticalReports})`;
  }
  if (minRating !== undefined) {
    const { ratings } = facts;
    if (ratings.length === 0) return `nobody has rated it yet, and ${minRating} stars are asked for`;
    const mean = ratings.reduce((sum, stars) => sum + stars, 0) / ratings.length;
    if (mean < minRating) return `its rating is ${mean.toFixed(1)} stars, and ${minRating} are asked for`;
  }
  if (maxRatio !== undefined && !(facts.errorsBelow !== null && facts.errorsBelow < maxRatio)) {
    const known =
      facts.errorsBelow === null
        ? 'not known yet'
        : `only known to be below ${facts.errorsBelow.toFixed(2)}x`;
    return `the errors' ratio must surely be below ${maxRatio}x, and is ${known}`;
  }
  return null;
}
