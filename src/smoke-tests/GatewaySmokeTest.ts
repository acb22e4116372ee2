import { container } from '@sapphire/framework';
import { Status } from 'discord.js';
import { isComplete, shardsOf } from '../lib/deployments/releases/coverage.js';
import type { SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { SmokeTest, type SmokeTestLoaderContext, type SmokeTestOptions } from './SmokeTest.js';

/** The gateway: connected on every shard of this process, and every shard of the bot served by somebody. */
export class GatewaySmokeTest extends SmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    super(context, { ...options, description: 'The gateway is connected on every shard' });
  }

  public override async run(): Promise<readonly SmokeFinding[]> {
    const { client, rollouts } = container;
    const own = [...client.ws.shards.values()].map(({ id, status }) => ({
      what: `shard ${id} is connected`,
      ok: status === Status.Ready,
      detail: status === Status.Ready ? '' : `It is ${Status[status]}. If it stays so, restart this process.`,
    }));
    const { release } = rollouts.presence;
    const living = (await rollouts.presence.living()).filter((process) => process.release === release);
    const ok = isComplete(living);
    const served = [...shardsOf(living)].sort().join(', ') || 'none';
    const detail = `Only these are: ${served}. Start the processes that are missing.`;
    return [...own, { what: 'every shard of this release is served', ok, detail: ok ? '' : detail }];
  }
}
