import { container, Events, Listener, type ChatInputCommandErrorPayload } from '@sapphire/framework';
import { PublicCommand } from '../commands/PublicCommand.js';
import { answerError } from '../lib/discord/refusals.js';

/** Answers what one of our commands for everyone threw. */
export class CommandError extends Listener {
  public constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ChatInputCommandError });
  }

  public override async run(
    error: unknown,
    { command, interaction }: ChatInputCommandErrorPayload,
  ): Promise<void> {
    if (!(command instanceof PublicCommand)) return;
    await answerError(container.rollouts, interaction, error, {
      what: `/${command.name}`,
      onlyShows: false,
    });
  }
}
