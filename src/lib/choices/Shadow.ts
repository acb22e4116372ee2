/** The implementation that does not answer, run beside the one that does: sampled, bounded in number and in time. */
import type { ChoicesOptions } from './ChoicesOptions.js';
import { disagreement, type Settled } from './disagreement.js';
import { compareDefaults, type CompareOptions, type Implementations, type Side } from './Implementations.js';

/** So many at once in a process; further samples are left out, and counted. */
const maxUnderWay = 16;

interface Subject<T> {
  readonly flag: string;
  readonly guildId: string | null;
  readonly compare: CompareOptions<T>;
}

export interface Offer<T> extends Subject<T> {
  readonly both: Implementations<T>;
  /** Which one answered, and what. */
  readonly side: Side;
  readonly first: Settled<T>;
}

interface Pair<T> extends Subject<T> {
  readonly candidate: Settled<T>;
  readonly control: Settled<T>;
}

export class Shadow {
  private underWay = 0;

  public constructor(
    private readonly options: Pick<ChoicesOptions, 'runs' | 'comparisons' | 'logger' | 'clock' | 'random'>,
  ) {}

  /** Runs the other implementation, if the sample wants it. Whoever asked does not wait for it, and hears of no failure. */
  public offer<T>(offer: Offer<T>): void {
    const { share = compareDefaults.share } = offer.compare;
    if (this.options.random() >= share) return;
    if (this.underWay >= maxUnderWay) {
      this.options.comparisons.count(offer.flag, 'left-out');
      return;
    }
    this.underWay++;
    // The person's answer goes first.
    setImmediate(() => {
      void this.options.runs.outside(() => this.run(offer)).finally(() => this.underWay--);
    });
  }

  /** Records whether they agree. Never throws. */
  private compare<T>(pair: Pair<T>): void {
    const { comparisons, logger } = this.options;
    try {
      const found = disagreement(pair.candidate, pair.control, pair.compare);
      comparisons.count(pair.flag, found.length === 0 ? 'same' : 'different');
      if (found.length === 0) return;
      const { flag, guildId } = pair;
      comparisons.keep({ flag, guildId, at: this.options.clock.now(), lines: found });
    } catch (error) {
      logger.warn(`The two implementations behind ${pair.flag} could not be compared.`, error);
    }
  }

  private async run<T>({ both, side, first, ...subject }: Offer<T>): Promise<void> {
    const other: Side = side === 'candidate' ? 'control' : 'candidate';
    const second = await within(both[other], subject.compare.timeoutMs ?? compareDefaults.timeoutMs);
    if (second === 'too slow') {
      this.options.comparisons.count(subject.flag, 'too-slow');
      return;
    }
    const [candidate, control] = side === 'candidate' ? [first, second] : [second, first];
    this.compare({ ...subject, candidate, control });
  }
}

/** Never rejects. */
async function within<T>(
  implementation: Implementations<T>[Side],
  ms: number,
): Promise<Settled<T> | 'too slow'> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'too slow'>((resolve) => {
    timer = setTimeout(() => {
      resolve('too slow');
      abort.abort();
    }, ms).unref();
  });
  const answer = (async () => implementation({ isShadow: true, signal: abort.signal }))().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
