/** What was found where two implementations ran side by side: counts by day, and the newest examples of each flag. */
import type { Clock } from '../core/Clock.js';
import { newId, type RandomBytes } from '../core/ids.js';
import { DailyCounts } from '../state/DailyCounts.js';
import type { Ledger, Store } from '../state/Store.js';
import { packExamples, unpackExamples, type Difference } from './examples.js';

const keptDays = 30;
const dayMs = 86_400_000;
/** Of one flag, over all processes. */
const keptExamples = 20;
/** Between two flushes, of one process. */
const waitingExamples = 20;
/** Rows of a series from which they are put together into one. */
const foldedFrom = 8;

export const findings = ['same', 'different', 'fallback', 'too-slow', 'left-out'] as const;
/**
 * `fallback`: the new one threw, and the old one answered · `too-slow`: the shadow did not end in time · `left-out`: too many
 * shadows were under way.
 */
export type Finding = (typeof findings)[number];

/** Of the last 30 days, over all processes. */
export interface ComparisonReport {
  readonly flag: string;
  readonly counts: Readonly<Record<Finding, number>>;
  /** Newest first, at most 20. */
  readonly examples: readonly Difference[];
}

export interface ComparisonsOptions {
  readonly store: Pick<Store, 'counters' | 'ledger'>;
  /** Domain time. */
  readonly clock: Clock;
  readonly random: RandomBytes;
}

export class Comparisons {
  private readonly counts: DailyCounts;
  private readonly ledger: Ledger;
  private waiting: Difference[] = [];
  /** Handed over and not yet in state, under the id that makes a second try harmless. */
  private pending: { readonly batch: string; readonly examples: readonly Difference[] } | undefined;

  public constructor(private readonly options: ComparisonsOptions) {
    const { store, clock, random } = options;
    this.ledger = store.ledger;
    this.counts = new DailyCounts({
      counters: store.counters,
      clock,
      random,
      prefix: 'comparisons:',
      keptDays,
    });
  }

  public count(flag: string, finding: Finding): void {
    this.counts.add(`${finding}:${flag}`);
  }

  /** The newest are kept where there are too many. */
  public keep(difference: Difference): void {
    this.waiting.push(difference);
    if (this.waiting.length > waitingExamples) this.waiting.shift();
  }

  /** Once a minute. Throws Unavailable; nothing is lost by that. */
  public async flush(): Promise<void> {
    await this.counts.flush();
    if (this.pending === undefined && this.waiting.length > 0) {
      this.pending = { batch: newId(20, this.options.random), examples: this.waiting };
      this.waiting = [];
    }
    if (this.pending === undefined) return;
    const { batch, examples } = this.pending;
    const flags = [...new Set(examples.map(({ flag }) => flag))];
    await this.ledger.append(
      batch,
      flags.map((flag) => ({
        series: seriesOf(flag),
        row: packExamples(examples.filter((example) => example.flag === flag)),
      })),
    );
    this.pending = undefined;
    for (const flag of flags) await this.fold(flag);
  }

  public async report(flag: string): Promise<ComparisonReport> {
    const days = await this.counts.read();
    const total = (finding: Finding): number =>
      days.reduce((sum, { counts }) => sum + (counts.get(`${finding}:${flag}`) ?? 0), 0);
    return {
      flag,
      counts: {
        same: total('same'),
        different: total('different'),
        fallback: total('fallback'),
        'too-slow': total('too-slow'),
        'left-out': total('left-out'),
      },
      examples: this.newest(
        await this.ledger.read(seriesOf(flag)),
        this.waiting.filter((example) => example.flag === flag),
      ),
    };
  }

  private async fold(flag: string): Promise<void> {
    const rows = await this.ledger.read(seriesOf(flag));
    if (rows.length < foldedFrom) return;
    // Another process that folds them at the same time does the same.
    await this.ledger.fold(seriesOf(flag), rows, packExamples([...this.newest(rows)].reverse()));
  }

  /** @param more not in state yet */
  private newest(rows: readonly Uint8Array[], more: readonly Difference[] = []): readonly Difference[] {
    const oldest = this.options.clock.now() - keptDays * dayMs;
    return rows
      .flatMap((row) => unpackExamples(row))
      .concat(more)
      .filter(({ at }) => at >= oldest)
      .sort((a, b) => b.at - a.at)
      .slice(0, keptExamples);
  }
}

const seriesOf = (flag: string): string => `comparisons:${flag}`;
