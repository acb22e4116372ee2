/** The base of our modals. As with buttons, the right is asked for again when one is submitted. */
import { container, InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { Interaction, ModalSubmitInteraction } from 'discord.js';
import { parseCustomId, type ParsedCustomId } from '../lib/discord/customIds.js';
import type { House } from '../lib/discord/House.js';
import { orRefuse } from '../lib/discord/refusals.js';

export abstract class RolloutsModal extends InteractionHandler {
  protected abstract readonly action: string;

  public constructor(context: InteractionHandler.LoaderContext) {
    super(context, { interactionHandlerType: InteractionHandlerTypes.ModalSubmit });
  }

  public override parse(interaction: ModalSubmitInteraction) {
    const parsed = parseCustomId(interaction.customId);
    return parsed?.action === this.action ? this.some(parsed) : this.none();
  }

  public override async run(interaction: ModalSubmitInteraction, { args }: ParsedCustomId): Promise<void> {
    const { rollouts } = container;
    await orRefuse(rollouts, interaction, this.describe(interaction), () =>
      this.submit(interaction, rollouts, args),
    );
  }

  /** What was tried, for the log. */
  public describe(interaction: Interaction): string {
    return interaction.isModalSubmit() ? `the form ${interaction.customId}` : 'a form';
  }

  protected abstract submit(
    interaction: ModalSubmitInteraction,
    house: House,
    args: readonly string[],
  ): Promise<void>;
}
