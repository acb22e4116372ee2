/** The scorecard with its heartbeat and its duties, out of the rooms that it reads. */
import { weeklyScorecard } from './alerts/wording/scorecard.js';
import { beating, collecting, reporting } from './control/duties/keepingScore.js';
import type { Duty } from './control/Duty.js';
import type { Clock } from './core/Clock.js';
import type { RandomBytes } from './core/ids.js';
import type { FlagsService } from './flags/FlagsService.js';
import type { Feedback } from './health/feedback/Feedback.js';
import type { HealthRecords } from './health/recording/HealthRecords.js';
import { Collecting } from './scorecard/Collecting.js';
import { Heartbeat } from './scorecard/Heartbeat.js';
import { Scorecard } from './scorecard/Scorecard.js';
import type { Store } from './state/Store.js';

export interface KeepingScoreOptions {
  readonly store: Store;
  readonly flags: FlagsService;
  readonly feedback: Feedback;
  readonly records: HealthRecords;
  readonly domainTime: Clock;
  readonly realTime: Clock;
  readonly random: RandomBytes;
  /** Whether this process can do its work. */
  readonly isUp: () => boolean;
}

export class KeepingScore {
  public readonly scorecard: Scorecard;
  public readonly duties: readonly Duty[];

  public constructor(options: KeepingScoreOptions) {
    const { store, flags, feedback, records, domainTime: clock, realTime, random, isUp } = options;
    const { counters } = store;
    this.scorecard = new Scorecard({ store, flags, feedback, clock, random });
    const heartbeat = new Heartbeat({ counters, domainTime: clock, realTime, random, isUp });
    const days = new Collecting({ store, records, clock, random });
    this.duties = [
      beating(() => heartbeat.beat()),
      collecting((fence) => days.turn(fence)),
      reporting({
        ...{ store, clock },
        report: async () => {
          const { figures, engineering } = await this.scorecard.report();
          return weeklyScorecard(figures, engineering);
        },
      }),
    ];
  }
}
