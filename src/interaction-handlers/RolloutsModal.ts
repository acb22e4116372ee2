/** The base of our modals. As with buttons, the right is asked for again when one is submitted. */
import { container, InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { Interaction, ModalSubmitInteraction } from 'discord.js';
import { parseCustomId, type ParsedCustomId } from '../lib/discord/customIds.js';
import { orRefuse, type Tried } from '../lib/discord/refusals.js';
import { Turn } from '../lib/discord/Turn.js';

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
    const turn = new Turn(container.rollouts, interaction);
    await orRefuse(turn.house, interaction, this.tried(interaction), () =>
      turn.inTime(() => this.submit(turn, args)),
    );
  }

  /** For what is answered where it fails. */
  public tried(interaction: Interaction): Tried {
    const what = interaction.isModalSubmit() ? `the form ${interaction.customId}` : 'a form';
    return { what, onlyShows: false };
  }

  protected abstract submit(turn: Turn<ModalSubmitInteraction>, args: readonly string[]): Promise<void>;
}
