import { container } from '@sapphire/framework';
import { readingCommands } from '../lib/discord/smoke/readingCommands.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { ProbingSmokeTest } from './ProbingSmokeTest.js';
import type { SmokeTestLoaderContext, SmokeTestOptions } from './SmokeTest.js';

/** The commands that staff look things up with, as they are typed. */
export class ResponsesSmokeTest extends ProbingSmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    const description = 'Every command that only reads answers';
    super(context, { ...options, description, suites: ['acceptance'], timeoutMs: 30_000 });
  }

  protected override async probeAll(context: SmokeContext): Promise<readonly SmokeFinding[]> {
    const results = await this.type(readingCommands(container.rollouts.config), context);
    return results.map(({ what, ok, detail }) => ({ what: `${what} answers`, ok, detail }));
  }
}
