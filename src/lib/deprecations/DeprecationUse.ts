/** How often what is deprecated is still used, over all processes of the bot. */
import type { Clock } from '../core/Clock.js';
import type { RandomBytes } from '../core/ids.js';
import { DailyCounts } from '../state/DailyCounts.js';
import type { Counters } from '../state/Store.js';
import type { Deprecation } from './Deprecation.js';
import { deprecations, takeUses } from './registry.js';

const keptDays = 30;

export interface UsedDeprecation extends Deprecation {
  /** In the last 30 days: all of this process, and of the others what they have told, each once a minute. */
  readonly uses: number;
  /** The last day (UTC midnight, ms since epoch, domain time) with a use; undefined = none in 30 days. */
  readonly lastUsed: number | undefined;
}

export interface DeprecationUseOptions {
  readonly counters: Counters;
  /** Domain time. */
  readonly clock: Clock;
  readonly random: RandomBytes;
}

export class DeprecationUse {
  private readonly counts: DailyCounts;

  public constructor(options: DeprecationUseOptions) {
    this.counts = new DailyCounts({ ...options, prefix: 'deprecations:', keptDays });
  }

  /** Once a minute. Throws Unavailable; nothing is lost by that. */
  public async flush(): Promise<void> {
    this.takeIn();
    await this.counts.flush();
  }

  /** What the code of this process deprecates, with its use. @param flag only what this flag replaces */
  public async list(flag?: string): Promise<readonly UsedDeprecation[]> {
    const known = deprecations().filter((deprecation) => flag === undefined || deprecation.flag === flag);
    if (known.length === 0) return [];
    this.takeIn();
    const days = await this.counts.read();
    return known.map((deprecation) => {
      const used = days.filter(({ counts }) => counts.has(deprecation.what));
      return {
        ...deprecation,
        uses: used.reduce((sum, { counts }) => sum + (counts.get(deprecation.what) ?? 0), 0),
        lastUsed: used.at(-1)?.day,
      };
    });
  }

  private takeIn(): void {
    for (const [what, uses] of takeUses()) this.counts.add(what, uses);
  }
}
