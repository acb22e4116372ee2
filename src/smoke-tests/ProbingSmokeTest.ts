/** The base of the tests that type commands at the bot, as an admin of the staff guild would. */
import { container } from '@sapphire/framework';
import { probeCommand, type ProbeResult } from '../lib/discord/probing/probeCommand.js';
import type { TypedCommand } from '../lib/discord/probing/syntheticCommand.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { SmokeTest } from './SmokeTest.js';

export abstract class ProbingSmokeTest extends SmokeTest {
  public override async run(context: SmokeContext): Promise<readonly SmokeFinding[]> {
    if (!container.client.isReady())
      return [{ what: 'the gateway', ok: false, detail: 'This process is not logged in to Discord.' }];
    return this.probeAll(context);
  }

  protected abstract probeAll(context: SmokeContext): Promise<readonly SmokeFinding[]>;

  /** One after the other, in that order. */
  protected async type(
    typed: readonly TypedCommand[],
    context: SmokeContext,
  ): Promise<readonly ProbeResult[]> {
    const { client, rollouts } = container;
    const { staff } = rollouts.config;
    const results: ProbeResult[] = [];
    for (const each of typed) {
      if (!client.isReady()) break;
      context.progress(`trying /${each.command} ${each.subcommand ?? ''}`.trim());
      const standpoint = {
        guildId: staff.guildId,
        channelId: staff.channels.operations,
        roleIds: staff.adminRoleIds,
      };
      const now = rollouts.realTime.now();
      results.push(await probeCommand(each, { client, standpoint, now, signal: context.signal }));
    }
    return results;
  }
}
