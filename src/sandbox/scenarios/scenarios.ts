/** The plays that the sandbox can give by itself. */
import type { KnobChange } from '../simulation/knobChange.js';

export interface Scenario {
  readonly name: string;
  /** One sentence for people. */
  readonly about: string;
  /** What is wrong with the new greeting. */
  readonly knobs: KnobChange;
  /** So long members use the bot before anything is rolled out, days of domain time: what is usual must be known. */
  readonly daysBefore: number;
  /** How the rollout has to end. */
  readonly ends: 'completed' | 'rolled back';
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'healthy-canary',
    about: 'Nothing is wrong with the new greeting: the rollout takes it to everyone by itself.',
    knobs: {},
    daysBefore: 2,
    ends: 'completed',
  },
  {
    name: 'bad-canary',
    about: 'The new greeting fails five times as often as the old one: the rollout takes it back by itself.',
    knobs: { errors: 5 },
    daysBefore: 2,
    ends: 'rolled back',
  },
];
