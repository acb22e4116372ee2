/** What a phase can find by itself, from how many errors are expected in it: arithmetic, no trying out. */
import { lnEvidence, lnLimit } from '../../health/judging/eProcess.js';
import { ratioGrid } from '../../health/judging/riskRatio.js';
import { lnWeight } from '../../health/judging/starts.js';
import type { PlanGuard } from '../plans/Plan.js';

export interface Exposure {
  /** Expected bad units of all guilds in an hour, where nothing is wrong. */
  readonly errorsPerHour: number;
  /** Of guilds with the feature, 0…1. */
  readonly share: number;
  readonly hours: number;
  /** Hours of the rollout before the phase. */
  readonly hoursBefore: number;
}

const startEveryHours = 6;
const smallest = 1.05;

/**
 * The smallest rise of errors that is found by the phase's end where everything goes as expected, that is in about half of all
 * rollouts; null where none of up to 20 is. Counted is the process that begins with the phase, at its weight in the mixture.
 */
export function finds(exposure: Exposure, guards: readonly PlanGuard[]): number | null {
  const rises = ratioGrid.filter((ratio) => ratio >= smallest);
  let from = 0;
  let to = rises.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isFound(rises[middle]!, exposure, guards)) to = middle;
    else from = middle + 1;
  }
  return rises[from] ?? null;
}

export function isFound(
  rise: number,
  { errorsPerHour, share, hours, hoursBefore }: Exposure,
  guards: readonly PlanGuard[],
): boolean {
  const canary = errorsPerHour * hours * share;
  const control = errorsPerHour * hours * (1 - share);
  const tick = {
    canary: { bad: rise * canary, exposure: canary },
    control: { bad: control, exposure: control },
  };
  const weight = lnWeight(Math.floor(hoursBefore / startEveryHours) + 1);
  return guards.some(
    ({ metric, margin, alpha }) =>
      metric === 'errors' && rise > margin && lnEvidence([tick], { margin }) + weight >= lnLimit(alpha),
  );
}
