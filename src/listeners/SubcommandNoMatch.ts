import { container, Listener } from '@sapphire/framework';
import { SubcommandPluginEvents, type ChatInputSubcommandNoMatchContext } from '@sapphire/plugin-subcommands';
import type { ChatInputCommandInteraction } from 'discord.js';
import { RolloutsCommand } from '../commands/RolloutsCommand.js';
import { RolloutError } from '../lib/core/RolloutError.js';
import { answerError } from '../lib/discord/refusals.js';

/** Discord still shows a subcommand that this version of the bot does not have. */
export class OutdatedCommand extends RolloutError {
  public readonly code = 'OUTDATED_COMMAND';
}

export class SubcommandNoMatch extends Listener {
  public constructor(context: Listener.LoaderContext) {
    super(context, { event: SubcommandPluginEvents.ChatInputSubcommandNoMatch });
  }

  public override async run(
    interaction: ChatInputCommandInteraction,
    { command }: ChatInputSubcommandNoMatchContext,
  ): Promise<void> {
    if (!(command instanceof RolloutsCommand)) return;
    const error = new OutdatedCommand(
      'The bot does not know this form of the command: it was updated a moment ago.',
      {
        next: 'Reload Discord (Ctrl+R), and type it again.',
      },
    );
    await answerError(container.rollouts, interaction, error, {
      what: `/${command.name}`,
      onlyShows: false,
    });
  }
}
