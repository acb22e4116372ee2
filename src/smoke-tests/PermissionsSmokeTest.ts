import { container } from '@sapphire/framework';
import { probeRights } from '../lib/discord/smoke/probeRights.js';
import { probeStranger } from '../lib/discord/smoke/probeStranger.js';
import { harmlessCommands } from '../lib/discord/smoke/readingCommands.js';
import { staffMessenger } from '../lib/discord/smoke/staffMessenger.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { SmokeTest, type SmokeTestLoaderContext, type SmokeTestOptions } from './SmokeTest.js';

/** Rights, both ways: strangers are refused, and the bot may do what it must. */
export class PermissionsSmokeTest extends SmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    const description = 'Strangers are refused, and the bot has every right that it needs';
    super(context, { ...options, description, timeoutMs: 20_000 });
  }

  public override async run({ signal, progress }: SmokeContext): Promise<readonly SmokeFinding[]> {
    const { client, rollouts } = container;
    if (!client.isReady())
      return [{ what: 'the gateway', ok: false, detail: 'This process is not logged in to Discord.' }];
    const { config, realTime } = rollouts;
    const { staff } = config;
    progress('trying to get in without a role');
    const commands = harmlessCommands(config);
    const refused = await probeStranger({ client, staff, commands, now: realTime.now(), signal });
    progress("looking at the bot's own rights");
    const messenger = staffMessenger(client, rollouts);
    return [...refused, ...(await probeRights({ client, staff, messenger, signal }))];
  }
}
