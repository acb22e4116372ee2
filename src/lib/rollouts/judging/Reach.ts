/** Whom a step is expected to reach: counted over the guild directory, now and then. */
import type { FlagsService } from '../../flags/FlagsService.js';
import type { Baseline } from '../../health/recording/HealthRecords.js';
import type { RolloutDocument } from '../documents.js';
import { isComparedStep, servedBasisPoints, targetsUpTo } from '../serving.js';

interface Expected {
  /** How many guilds the step gives the feature. */
  readonly expectedGuilds: number;
  /** What they run on a usual day; null = not known. */
  readonly usualDailyCommands: number | null;
}

/** Guilds come and go slowly, real time in ms. */
const keepMs = 10 * 60_000;

export class Reach {
  private readonly kept = new Map<string, Expected & { readonly step: number; readonly until: number }>();

  public constructor(private readonly flags: FlagsService) {}

  public expected(document: RolloutDocument, baseline: Baseline | undefined, realNow: number): Expected {
    const known = this.kept.get(document.id);
    if (known !== undefined && known.step === document.step && known.until > realNow) return known;
    const counted = this.count(document, baseline);
    this.kept.set(document.id, { ...counted, step: document.step, until: realNow + keepMs });
    return counted;
  }

  private count(document: RolloutDocument, baseline: Baseline | undefined): Expected {
    const { all } = this.flags.directory;
    const { flag, step } = document;
    const daily =
      baseline === undefined
        ? 0
        : all.reduce((sum, { id }) => sum + (this.flags.isEnabled(flag, id) ? baseline.dailyRuns(id) : 0), 0);
    return {
      expectedGuilds: isComparedStep(document, step)
        ? Math.round((all.length * servedBasisPoints(document, step)) / 10_000)
        : targetsUpTo(document, step).length,
      // Nothing known of them is not the same as nothing to come.
      usualDailyCommands: daily > 0 ? daily : null,
    };
  }
}
