import { container, Events, Listener, type AutocompleteInteractionPayload } from '@sapphire/framework';
import { PublicCommand } from '../commands/PublicCommand.js';
import { RolloutsCommand } from '../commands/RolloutsCommand.js';

/** A fault while suggesting costs the person the suggestions only; they see an empty list instead of an error. */
export class AutocompleteError extends Listener {
  public constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.CommandAutocompleteInteractionError });
  }

  public override async run(
    error: unknown,
    { command, interaction }: AutocompleteInteractionPayload,
  ): Promise<void> {
    if (!(command instanceof RolloutsCommand || command instanceof PublicCommand)) return;
    const { logger } = container.rollouts;
    logger.error(`Suggestions for /${command.name} failed.`, error);
    if (interaction.responded) return;
    await interaction
      .respond([])
      .catch((failure: unknown) =>
        logger.warn(`Empty suggestions for /${command.name} came too late.`, failure),
      );
  }
}
