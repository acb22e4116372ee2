import { container } from '@sapphire/framework';
import type { Client } from 'discord.js';
import { checkRegistration } from '../lib/discord/probing/checkRegistration.js';
import { probeCommand } from '../lib/discord/probing/probeCommand.js';
import type { TypedCommand } from '../lib/discord/probing/syntheticCommand.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { SmokeTest, type SmokeTestLoaderContext, type SmokeTestOptions } from './SmokeTest.js';

/** Ours that only read, as they are called where the host did not rename them. */
const probes: readonly (TypedCommand & { readonly command: 'feature' | 'rollout' })[] = [
  { command: 'feature', subcommand: 'list' },
  { command: 'rollout', subcommand: 'list' },
];

/** The commands that people use: every one is registered as defined, and some of ours are run through the bot's own chain. */
export class CommandsSmokeTest extends SmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    super(context, {
      ...options,
      description: 'Every command is registered as defined, and commands that only read answer',
      suites: ['smoke', 'acceptance'],
      timeoutMs: 20_000,
    });
  }

  public override async run(context: SmokeContext): Promise<readonly SmokeFinding[]> {
    const { client, stores } = container;
    const { signal } = context;
    if (!client.isReady())
      return [{ what: 'the gateway', ok: false, detail: 'This process is not logged in to Discord.' }];
    context.progress('comparing what Discord knows with what is defined');
    const registered = await checkRegistration(client, stores, signal);
    const findings = [...registered];
    for (const probe of this.probes()) {
      context.progress(`trying /${probe.command} ${probe.subcommand ?? ''}`.trim());
      findings.push(await this.probe(client, probe, signal));
    }
    return findings;
  }

  /** Under the names that the host chose; those that it left out are left out here. */
  private probes(): readonly TypedCommand[] {
    const { commands = {} } = container.rollouts.config;
    return probes.flatMap((probe) => {
      const command = commands[probe.command] ?? probe.command;
      return command === false ? [] : [{ ...probe, command }];
    });
  }

  private async probe(client: Client<true>, typed: TypedCommand, signal: AbortSignal): Promise<SmokeFinding> {
    const { staff } = container.rollouts.config;
    const standpoint = {
      guildId: staff.guildId,
      channelId: staff.channels.operations,
      roleIds: staff.adminRoleIds,
    };
    const now = container.rollouts.realTime.now();
    const { what, ok, detail } = await probeCommand(typed, { client, standpoint, now, signal });
    return { what: `${what} answers`, ok, detail };
  }
}
