import { container } from '@sapphire/framework';
import { probeAggregator } from '../lib/smoke/probes/probeAggregator.js';
import { longestLogsMs } from '../lib/smoke/SmokeSettings.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { writeMarked } from './LoggingSmokeTest.js';
import { SmokeTest, type SmokeTestLoaderContext, type SmokeTestOptions } from './SmokeTest.js';

/** A line of this process is found where all logs are gathered. */
export class LogAggregationSmokeTest extends SmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    const description = 'A log line is found where all logs are gathered';
    super(context, { ...options, description, suites: ['monitoring'], timeoutMs: longestLogsMs + 5_000 });
  }

  public override leftOut(): string | undefined {
    const { logs } = container.rollouts.smokeRuns.settings;
    return logs === undefined ? 'deployments.yaml names no address under smoke.logs.' : undefined;
  }

  public override run({ signal, progress }: SmokeContext): Promise<readonly SmokeFinding[]> {
    const { smokeRuns, realTime: clock } = container.rollouts;
    const { logs } = smokeRuns.settings;
    // Asked for by its name although a suite leaves it out.
    if (logs === undefined)
      return Promise.resolve([{ what: 'an address is named', ok: false, detail: this.leftOut() ?? '' }]);
    const token = logs.tokenEnv === undefined ? undefined : process.env[logs.tokenEnv];
    return probeAggregator({ logs, token, write: writeMarked, clock, signal, progress });
  }
}
