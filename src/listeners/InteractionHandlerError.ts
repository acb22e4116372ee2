import { container, Events, Listener, type InteractionHandlerError as Payload } from '@sapphire/framework';
import { RolloutsButton } from '../interaction-handlers/RolloutsButton.js';
import { RolloutsModal } from '../interaction-handlers/RolloutsModal.js';
import { answerError } from '../lib/discord/refusals.js';

/** Answers what one of our buttons or modals threw. */
export class InteractionHandlerError extends Listener {
  public constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.InteractionHandlerError });
  }

  public override async run(error: unknown, { handler, interaction }: Payload): Promise<void> {
    if (!(handler instanceof RolloutsButton || handler instanceof RolloutsModal)) return;
    if (!interaction.isRepliable()) return;
    await answerError(container.rollouts, interaction, error, handler.tried(interaction));
  }
}
