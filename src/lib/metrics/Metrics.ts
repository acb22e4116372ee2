/** What this process measures of itself, for Prometheus. A new metric is declared here and filled where it happens. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { MetricsText } from '../http/createApp.js';

/** Where the values come from that are asked for at each scrape; undefined and errors leave a gap in the graph. */
export interface MetricSources {
  /** How long ago this process last knew that it had every change, seconds. */
  readonly feedLagSeconds: () => number | undefined;
  readonly outbox: () => Promise<OutboxFigures | undefined>;
  readonly holdsLease: () => boolean;
  /** How often each flag was evaluated since the process began. */
  readonly evaluations: () => Iterable<readonly [flag: string, count: number]>;
}

export interface OutboxFigures {
  /** Notices that nobody has delivered yet. */
  readonly pending: number;
  /** Age of the oldest of them, seconds; 0 where there is none. */
  readonly oldestSeconds: number;
}

/** Flags with a series of their own; what the rest adds up to is called `(other)`. */
const maxFlags = 200;

/** One registry of our own, so that a host's default registry stays as it is. */
export class Metrics implements MetricsText {
  public readonly commits: Counter;
  public readonly conflicts: Counter;
  public readonly failures: Counter<'code'>;
  public readonly commitSeconds: Histogram;
  /** What other programs posted, by the route and how it ended: `taken`, `replayed`, `unsigned`. */
  public readonly hooks: Counter<'hook' | 'outcome'>;
  /** Moved by the smoke test that looks for it. */
  public readonly smokeProbes: Counter;
  private readonly registry = new Registry();

  public constructor(sources: MetricSources) {
    const registers = [this.registry];
    this.commits = new Counter({
      name: 'rollouts_commits_total',
      help: 'Changes that were committed.',
      registers,
    });
    this.conflicts = new Counter({
      name: 'rollouts_commit_conflicts_total',
      help: 'Commits that were refused because someone else changed the same document.',
      registers,
    });
    this.failures = new Counter({
      name: 'rollouts_commit_failures_total',
      help: 'Commits that ended in another error than a conflict, by its code.',
      labelNames: ['code'],
      registers,
    });
    this.commitSeconds = new Histogram({
      name: 'rollouts_commit_seconds',
      help: 'How long a commit took, however it ended.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2],
      registers,
    });
    this.hooks = new Counter({
      name: 'rollouts_hooks_total',
      help: 'What other programs posted, by how it ended.',
      labelNames: ['hook', 'outcome'],
      registers,
    });
    this.smokeProbes = new Counter({
      name: 'rollouts_smoke_probes_total',
      help: 'How often a smoke test looked whether its counter arrives here.',
      registers,
    });
    this.measure(
      'rollouts_feed_lag_seconds',
      'How long ago the state in memory was last known to be the newest.',
      sources.feedLagSeconds,
    );
    this.measure('rollouts_lease_held', '1 in the process that acts for all of them.', () =>
      sources.holdsLease() ? 1 : 0,
    );
    this.measureOutbox(sources.outbox);
    this.countEvaluations(sources.evaluations);
    collectDefaultMetrics({ register: this.registry });
  }

  public get contentType(): string {
    return this.registry.contentType;
  }

  public text(): Promise<string> {
    return this.registry.metrics();
  }

  private measure(
    name: string,
    help: string,
    read: () => number | undefined | Promise<number | undefined>,
  ): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [this.registry],
      collect: async () => gauge.set((await read()) ?? Number.NaN),
    });
  }

  /** Both gauges are asked at the same moment, and share one look at the outbox. */
  private measureOutbox(read: MetricSources['outbox']): void {
    let looking: Promise<OutboxFigures | undefined> | undefined;
    const look = (): Promise<OutboxFigures | undefined> => {
      looking ??= read()
        .catch(() => undefined)
        .finally(() => (looking = undefined));
      return looking;
    };
    this.measure(
      'rollouts_outbox_pending',
      'Notices that are not delivered yet, up to 1000.',
      async () => (await look())?.pending,
    );
    this.measure(
      'rollouts_outbox_oldest_seconds',
      'Age of the oldest notice that is not delivered yet.',
      async () => (await look())?.oldestSeconds,
    );
  }

  private countEvaluations(read: MetricSources['evaluations']): void {
    const counter: Counter<'flag'> = new Counter({
      name: 'rollouts_evaluations_total',
      help: 'How often a flag was asked for.',
      labelNames: ['flag'],
      registers: [this.registry],
      collect: () => {
        counter.reset();
        for (const [flag, count] of withRestTogether(read())) counter.inc({ flag }, count);
      },
    });
  }
}

/** In the order in which flags were first asked for, so that a flag keeps its series and no sum ever falls. */
function withRestTogether(
  counts: Iterable<readonly [string, number]>,
): readonly (readonly [string, number])[] {
  const all = [...counts];
  const rest = all.slice(maxFlags).reduce((sum, [, count]) => sum + count, 0);
  return rest === 0 ? all.slice(0, maxFlags) : [...all.slice(0, maxFlags), ['(other)', rest]];
}
