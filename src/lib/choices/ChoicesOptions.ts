import type { Clock } from '../core/Clock.js';
import type { Logger } from '../core/Logger.js';
import type { ChoiceRuns } from './ChoiceRuns.js';
import type { Comparisons } from './Comparisons.js';

/** What choosing rests on. */
export interface ChoicesOptions {
  readonly isEnabled: (flag: string, guildId: string | null) => boolean;
  readonly runs: ChoiceRuns;
  readonly comparisons: Comparisons;
  readonly logger: Pick<Logger, 'warn'>;
  /** Domain time: when a difference was seen. */
  readonly clock: Clock;
  /** 0…1, for samples. */
  readonly random: () => number;
}
