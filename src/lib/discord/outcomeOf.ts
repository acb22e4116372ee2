import { RolloutError } from '../core/RolloutError.js';
import type { Outcome } from '../health/recording/Recording.js';

/** By name, since the framework's classes may come from its other copy. */
const outcomes = new Map<string, Outcome>([
  ['PreconditionError', 'refused'],
  ['UserError', 'user-error'],
  ['ArgumentError', 'user-error'],
]);

/** What a run becomes that threw this: people's own mistakes and refusals are no failures of the bot. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof RolloutError) return 'refused';
  return (error instanceof Error ? outcomes.get(error.name) : undefined) ?? 'error';
}
