/** The base of our buttons. Handlers run no preconditions: every one asks for the right again before it acts. */
import { container, InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction, Interaction } from 'discord.js';
import { parseCustomId, type ParsedCustomId } from '../lib/discord/customIds.js';
import type { House } from '../lib/discord/House.js';
import { orRefuse } from '../lib/discord/refusals.js';

export abstract class RolloutsButton extends InteractionHandler {
  /** The actions that this handler answers. */
  protected abstract readonly actions: readonly string[];

  public constructor(context: InteractionHandler.LoaderContext) {
    super(context, { interactionHandlerType: InteractionHandlerTypes.Button });
  }

  /** Every handler of the bot is asked about every button: the prefix says which are ours. */
  public override parse(interaction: ButtonInteraction) {
    const parsed = parseCustomId(interaction.customId);
    return parsed !== undefined && this.actions.includes(parsed.action) ? this.some(parsed) : this.none();
  }

  public override async run(interaction: ButtonInteraction, { action, args }: ParsedCustomId): Promise<void> {
    const { rollouts } = container;
    await orRefuse(rollouts, interaction, this.describe(interaction), () =>
      this.press(interaction, rollouts, action, args),
    );
  }

  /** What was tried, for the log. */
  public describe(interaction: Interaction): string {
    return interaction.isButton() ? `the button ${interaction.customId}` : 'a button';
  }

  protected abstract press(
    interaction: ButtonInteraction,
    house: House,
    action: string,
    args: readonly string[],
  ): Promise<void>;
}
