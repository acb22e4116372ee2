/** What a guild is expected to do, from its own history: guilds differ, and the comparison must not depend on which arm drew which. */
import { InvalidObservation } from './errors.js';

/** A guild's 15-minute units in the 7 days before the rollout began. */
export interface GuildHistory {
  /** Sum of the outcomes of its active units, each 0…1; for errors the number of units with one. */
  readonly hits: number;
  /** Units in which it was active. */
  readonly active: number;
}

/** How many units the prior weighs as much as. */
const priorUnits = 20;

/**
 * The exposure of each of the guild's units: r = (hits + 20 prior) / (active + 20), which for errors is
 * (hits + 1) / (active + 20). Frozen for both arms when the rollout starts: a rolling history would absorb the harm.
 *
 * @param prior the outcome expected of a guild without history, above 0 and at most 1. @default 1/20
 * @throws InvalidObservation where hits exceed active units, or a number cannot be.
 */
export function frozenOffset({ hits, active }: GuildHistory, prior = 1 / priorUnits): number {
  const isPossible = hits >= 0 && hits <= active && Number.isFinite(active) && prior > 0 && prior <= 1;
  if (isPossible) return (hits + priorUnits * prior) / (active + priorUnits);
  throw new InvalidObservation(
    `A history of ${hits} bad in ${active} active units (prior ${prior}) cannot be.`,
    {
      next: 'Look at what counted it.',
      context: { hits, active, prior },
    },
  );
}
