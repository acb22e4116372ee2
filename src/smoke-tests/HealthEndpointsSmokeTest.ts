import { container } from '@sapphire/framework';
import { probeEndpoint } from '../lib/smoke/probes/probeEndpoint.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { SmokeTest, type SmokeTestLoaderContext, type SmokeTestOptions } from './SmokeTest.js';

/** What a supervisor asks. */
export class HealthEndpointsSmokeTest extends SmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    super(context, { ...options, description: '/livez and /readyz answer', suites: ['monitoring'] });
  }

  public override leftOut(): string | undefined {
    return container.rollouts.httpUrl === undefined ? 'This process has no HTTP server.' : undefined;
  }

  public override async run({ signal }: SmokeContext): Promise<readonly SmokeFinding[]> {
    const { httpUrl, realTime: clock } = container.rollouts;
    const ask = (name: string): Promise<SmokeFinding> =>
      probeEndpoint({ name, url: `${httpUrl}${name}`, status: 200, withinMs: 3_000 }, { clock, signal });
    return Promise.all([ask('/livez'), ask('/readyz')]);
  }
}
