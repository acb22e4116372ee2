import { container, Listener } from '@sapphire/framework';
import { SubcommandPluginEvents, type ChatInputSubcommandErrorPayload } from '@sapphire/plugin-subcommands';
import { RolloutsCommand } from '../commands/RolloutsCommand.js';
import { answerError } from '../lib/discord/refusals.js';

/** Answers what one of our subcommands threw. */
export class SubcommandError extends Listener {
  public constructor(context: Listener.LoaderContext) {
    super(context, { event: SubcommandPluginEvents.ChatInputSubcommandError });
  }

  public override async run(error: unknown, payload: ChatInputSubcommandErrorPayload): Promise<void> {
    const { command, interaction, matchedSubcommandMapping } = payload;
    if (!(command instanceof RolloutsCommand)) return;
    const tried = command.tried(matchedSubcommandMapping.name);
    await answerError(container.rollouts, interaction, error, tried);
  }
}
