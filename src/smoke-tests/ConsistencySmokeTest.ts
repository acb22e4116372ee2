import { container } from '@sapphire/framework';
import { mistakenCommands, readingCommands } from '../lib/discord/smoke/readingCommands.js';
import { probeMessages } from '../lib/discord/smoke/probeMessages.js';
import { staffMessenger } from '../lib/discord/smoke/staffMessenger.js';
import { tones } from '../lib/discord/tones.js';
import { faultsOf } from '../lib/smoke/probes/wording.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { ProbingSmokeTest } from './ProbingSmokeTest.js';
import type { SmokeTestLoaderContext, SmokeTestOptions } from './SmokeTest.js';

/** What the commands show, and what was written lately in the staff channels: Discord's limits, our colours and signs, and no slips of a program. */
export class ConsistencySmokeTest extends ProbingSmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    const description = 'Everything shown keeps to the one look, limits and wording';
    super(context, { ...options, description, suites: ['acceptance'], timeoutMs: 30_000 });
  }

  protected override async probeAll(context: SmokeContext): Promise<readonly SmokeFinding[]> {
    const { config } = container.rollouts;
    const typed = [...readingCommands(config), ...mistakenCommands(config)];
    const looks = Object.values(tones);
    const answers = (await this.type(typed, context)).map(({ what, shown }) => {
      const faults = shown.flatMap(({ body }) => faultsOf(body, looks));
      const ok = shown.length > 0 && faults.length === 0;
      const said = shown.length === 0 ? 'Nothing was shown.' : `${faults.join('; ')}.`;
      return { what: `${what} looks as everything does`, ok, detail: ok ? '' : said };
    });
    const { client } = container;
    if (!client.isReady()) return answers;
    context.progress('looking at what was written lately');
    const messenger = staffMessenger(client, container.rollouts);
    const now = container.rollouts.realTime.now();
    const { signal } = context;
    return [...answers, ...(await probeMessages({ client, messenger, looks, now, signal }))];
  }
}
