import { container } from '@sapphire/framework';
import { mistakenCommands } from '../lib/discord/smoke/readingCommands.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { ProbingSmokeTest } from './ProbingSmokeTest.js';
import type { SmokeTestLoaderContext, SmokeTestOptions } from './SmokeTest.js';

/** Mistakes of people: each is answered with what is wrong and what to do, never with an incident. */
export class ErrorsSmokeTest extends ProbingSmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    const description = 'What people mistype is refused with a way on';
    super(context, { ...options, description, suites: ['acceptance'], timeoutMs: 30_000 });
  }

  protected override async probeAll(context: SmokeContext): Promise<readonly SmokeFinding[]> {
    const results = await this.type(mistakenCommands(container.rollouts.config), context);
    return results.map(({ what, ok: isAnswered, detail, refusal }) => {
      const ok = refusal?.next !== undefined;
      const why = refusal === undefined ? (isAnswered ? 'It was answered as if it existed.' : detail) : '';
      const said = why === '' ? 'The refusal does not say what to do next.' : why;
      return { what: `${what} of something that does not exist is refused`, ok, detail: ok ? '' : said };
    });
  }
}
