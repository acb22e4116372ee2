/** Where a choice counts: in the run it is made in, or in one of its own. */
import { currentRun, isTracking, outside } from '../health/recording/currentRun.js';
import { measure } from '../health/recording/measure.js';
import type { Outcome, Recording } from '../health/recording/Recording.js';

export interface ChoiceRuns {
  /** The run that the choice is made in, or has begun. */
  current(): { mark(outcome: Outcome): void } | undefined;
  /** Calls the work in the run under way; outside of one, as a run that counts only for rollouts whose flag it meets. */
  within<T>(name: string, guildId: string | null, work: () => Promise<T>): Promise<T>;
  /** Calls it outside of any run: what it meets counts for nobody. */
  outside<T>(work: () => T): T;
}

export function choiceRuns(recording: Recording, outcomeOf: (error: unknown) => Outcome): ChoiceRuns {
  return {
    current: currentRun,
    outside,
    within: (name, guildId, work) =>
      isTracking() && currentRun() === undefined
        ? measure(recording.begin({ name, guildId, countsAlways: false }), work, outcomeOf)
        : work(),
  };
}
