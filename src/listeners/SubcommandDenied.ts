import { container, Listener, type UserError } from '@sapphire/framework';
import { SubcommandPluginEvents, type ChatInputSubcommandDeniedPayload } from '@sapphire/plugin-subcommands';
import { answerError } from '../lib/discord/refusals.js';
import { Forbidden, forbiddenIdentifier, type Need } from '../lib/discord/rights.js';
import { RolloutsCommand } from '../commands/RolloutsCommand.js';

/** Refuses, where one of our preconditions stopped one of our commands; other refusals are the host's to word. */
export class SubcommandDenied extends Listener {
  public constructor(context: Listener.LoaderContext) {
    super(context, { event: SubcommandPluginEvents.ChatInputSubcommandDenied });
  }

  public override async run(error: UserError, payload: ChatInputSubcommandDeniedPayload): Promise<void> {
    const { command, interaction, matchedSubcommandMapping } = payload;
    if (!(command instanceof RolloutsCommand) || error.identifier !== forbiddenIdentifier) return;
    const { need } = error.context as { readonly need: Need };
    const tried = command.tried(matchedSubcommandMapping.name);
    await answerError(container.rollouts, interaction, new Forbidden(need), tried);
  }
}
