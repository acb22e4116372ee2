import { container } from '@sapphire/framework';
import type { SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { SmokeTest, type SmokeTestLoaderContext, type SmokeTestOptions } from './SmokeTest.js';

/** What is measured must have been written this lately, ms of real time. */
const freshMs = 60_000;

/** Measurements go on: they are flushed, the state in memory is fresh, and what is scraped is there. */
export class MetricsFlowSmokeTest extends SmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    super(context, { ...options, description: 'Measurements flow into the state', suites: ['monitoring'] });
  }

  public override async run(): Promise<readonly SmokeFinding[]> {
    const { control, realTime, metrics } = container.rollouts;
    const flush = control.status.duties.find(({ name }) => name === 'flush-measurements');
    const age = flush?.lastAt === undefined ? Number.POSITIVE_INFINITY : realTime.now() - flush.lastAt;
    const isFresh = age < freshMs && flush?.lastError === undefined;
    const why = flush?.lastError ?? 'It was not tried in the last minute.';
    const text = await metrics.text();
    const missing = ['rollouts_feed_lag_seconds', 'rollouts_outbox_pending', 'process_cpu'].filter(
      (name) => !text.includes(name),
    );
    return [
      {
        what: 'measurements are written to the state',
        ok: isFresh,
        detail: isFresh ? '' : `${why} See the log.`,
      },
      {
        what: 'the metrics are complete',
        ok: missing.length === 0,
        detail: missing.length === 0 ? '' : `These are missing: ${missing.join(', ')}.`,
      },
    ];
  }
}
