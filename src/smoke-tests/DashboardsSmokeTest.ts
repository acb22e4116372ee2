import { container } from '@sapphire/framework';
import { probeEndpoint } from '../lib/smoke/probes/probeEndpoint.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { SmokeTest, type SmokeTestLoaderContext, type SmokeTestOptions } from './SmokeTest.js';

/** What people look at when something is wrong can be reached. */
export class DashboardsSmokeTest extends SmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    super(context, { ...options, description: 'Dashboards can be reached', suites: ['monitoring'] });
  }

  public override leftOut(): string | undefined {
    const { dashboards } = container.rollouts.smokeRuns.settings;
    return dashboards.length === 0 ? 'deployments.yaml names none under smoke.dashboards.' : undefined;
  }

  public override run({ signal }: SmokeContext): Promise<readonly SmokeFinding[]> {
    const { smokeRuns, realTime: clock } = container.rollouts;
    return Promise.all(smokeRuns.settings.dashboards.map((one) => probeEndpoint(one, { clock, signal })));
  }
}
