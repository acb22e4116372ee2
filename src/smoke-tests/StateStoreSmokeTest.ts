import { container } from '@sapphire/framework';
import { probeStore } from '../lib/smoke/probes/probeStore.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { SmokeTest, type SmokeTestLoaderContext, type SmokeTestOptions } from './SmokeTest.js';

/** The state store keeps what it is given, and its server is set up to. */
export class StateStoreSmokeTest extends SmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    super(context, { ...options, description: 'The state store is written, read back and deleted from' });
  }

  public override run({ progress }: SmokeContext): Promise<readonly SmokeFinding[]> {
    const { store, realTime } = container.rollouts;
    return probeStore({ store, clock: realTime, progress });
  }
}
