/** Whom a step is expected to reach, and what they usually do: counted over the guild directory, now and then. */
import type { FlagsService } from '../../flags/FlagsService.js';
import type { Baseline } from '../../health/recording/HealthRecords.js';
import type { RolloutDocument } from '../documents.js';
import { isComparedStep, servedBasisPoints, targetsUpTo } from '../serving.js';

interface Expected {
  /** How many guilds the step gives the feature. */
  readonly expectedGuilds: number;
  /** What they run on a usual day; null = not known, or it makes no difference. */
  readonly usualDailyCommands: number | null;
}

/** Guilds come and go slowly, real time in ms. */
const keepMs = 10 * 60_000;

export class Reach {
  private readonly kept = new Map<
    string,
    { readonly daily: number | null; readonly step: number; readonly until: number }
  >();

  public constructor(private readonly flags: FlagsService) {}

  public expected(document: RolloutDocument, baseline: Baseline | undefined, realNow: number): Expected {
    const { step, plan, progress } = document;
    const isCompared = isComparedStep(document, step);
    return {
      expectedGuilds: isCompared
        ? Math.round((this.flags.directory.all.length * servedBasisPoints(document, step)) / 10_000)
        : targetsUpTo(document, step).length,
      // Once enough ran by the plan it is asked no more what is usual; and counting takes a look at every guild.
      usualDailyCommands:
        baseline === undefined || !isCompared || progress.canaryRuns >= plan.minExposure.commands
          ? null
          : this.usual(document, baseline, realNow),
    };
  }

  private usual(document: RolloutDocument, baseline: Baseline, realNow: number): number | null {
    const known = this.kept.get(document.id);
    if (known !== undefined && known.step === document.step && known.until > realNow) return known.daily;
    const { flag, step } = document;
    let sum = 0;
    for (const { id } of this.flags.directory.all)
      if (this.flags.isOn(flag, id)) sum += baseline.dailyRuns(baseline.rowOf(id));
    // Nothing known of them is not the same as nothing to come.
    const daily = sum > 0 ? sum : null;
    this.kept.set(document.id, { daily, step, until: realNow + keepMs });
    return daily;
  }
}
