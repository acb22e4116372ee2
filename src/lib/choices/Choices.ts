/** Runs one of two implementations by flag, and may run the other beside it to see whether they agree. */
import { BadChoice } from './errors.js';
import type { ChoicesOptions } from './ChoicesOptions.js';
import type { Comparisons } from './Comparisons.js';
import {
  compareDefaults,
  type CompareOptions,
  type Implementation,
  type Implementations,
} from './Implementations.js';
import { disagreement, type Settled } from './disagreement.js';
import { Shadow } from './Shadow.js';

/** Between two lines of the log about the same flag. */
const quietMs = 60_000;
const neverAborted = new AbortController().signal;

export class Choices {
  private readonly shadow: Shadow;
  /** When a flag's failures were last logged; real or domain time, as the clock is. */
  private readonly loggedAt = new Map<string, number>();

  public constructor(private readonly options: ChoicesOptions) {
    this.shadow = new Shadow(options);
  }

  /** What was found where both ran. */
  public get comparisons(): Comparisons {
    return this.options.comparisons;
  }

  /**
   * Answers what the implementation that the flag names for this guild answers; throws what it throws, unless `fallback`
   * says otherwise.
   *
   * @throws {BadChoice} where `compare` is out of its range
   */
  public async choose<T>(flag: string, guildId: string | null, both: Implementations<T>): Promise<T> {
    const compare = comparing(both.compare);
    const { runs } = this.options;
    return runs.within(`choose ${flag}`, guildId, () => this.answer(flag, guildId, both, compare));
  }

  private async answer<T>(
    flag: string,
    guildId: string | null,
    both: Implementations<T>,
    compare: CompareOptions<T> | undefined,
  ): Promise<T> {
    const { isEnabled, comparisons, runs, clock } = this.options;
    const side = isEnabled(flag, guildId) ? 'candidate' : 'control';
    const first = await settle(both[side]);
    if (side === 'candidate' && 'error' in first && both.fallback === true) {
      // Where the control throws, too, the run fails by itself, as whatever that error is.
      const answer = await both.control({ isShadow: false, signal: neverAborted });
      runs.current()?.mark('error');
      this.warn(flag, first.error);
      comparisons.count(flag, 'fallback');
      comparisons.keep({ flag, guildId, at: clock.now(), lines: disagreement(first, { value: answer }) });
      return answer;
    }
    if (compare !== undefined) this.shadow.offer({ flag, guildId, both, compare, side, first });
    if ('error' in first) throw first.error;
    return first.value;
  }

  /** A busy command would fill the log; every failure is counted and kept besides. */
  private warn(flag: string, error: unknown): void {
    const now = this.options.clock.now();
    const last = this.loggedAt.get(flag);
    if (last !== undefined && now >= last && now - last < quietMs) return;
    this.loggedAt.set(flag, now);
    this.options.logger.warn(`The new implementation behind ${flag} failed; the old one answered.`, error);
  }
}

async function settle<T>(implementation: Implementation<T>): Promise<Settled<T>> {
  try {
    return { value: await implementation({ isShadow: false, signal: neverAborted }) };
  } catch (error) {
    return { error };
  }
}

function comparing<T>(compare: Implementations<T>['compare']): CompareOptions<T> | undefined {
  if (compare === undefined || compare === false) return undefined;
  if (compare === true) return {};
  const { share = compareDefaults.share, timeoutMs = compareDefaults.timeoutMs } = compare;
  if (!(share >= 0 && share <= 1)) throw new BadChoice(`share is ${share}; it lies between 0 and 1.`);
  if (!(timeoutMs > 0 && timeoutMs <= 60_000)) {
    throw new BadChoice(`timeoutMs is ${timeoutMs}; it lies between 1 and 60000.`);
  }
  return compare;
}
