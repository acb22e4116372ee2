/** The plays that the sandbox can give by itself. */
import type { KnobChange } from '../simulation/knobChange.js';

export interface Scenario {
  readonly name: string;
  /** One sentence for people. */
  readonly about: string;
  /** What is wrong with the new greeting. */
  readonly knobs: KnobChange;
  /** How the rollout has to end. */
  readonly ends: 'completed' | 'rolled back';
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'healthy-canary',
    about: 'Nothing is wrong with the new greeting: the rollout takes it to everyone by itself.',
    knobs: {},
    ends: 'completed',
  },
  {
    name: 'bad-canary',
    about: 'The new greeting fails five times as often as the old one: the rollout takes it back by itself.',
    knobs: { errors: 5 },
    ends: 'rolled back',
  },
];
