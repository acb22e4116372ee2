/** The base of our buttons. Handlers run no preconditions: every one asks for the right again before it acts. */
import { container, InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction, Interaction } from 'discord.js';
import { parseCustomId, type ParsedCustomId } from '../lib/discord/customIds.js';
import { orRefuse, type Tried } from '../lib/discord/refusals.js';
import { Turn } from '../lib/discord/Turn.js';

export abstract class RolloutsButton extends InteractionHandler {
  /** The actions that this handler answers. */
  protected abstract readonly actions: readonly string[];
  /** Where the answer goes: a message of its own, or in place of the card that carries the button. */
  protected readonly place: 'new' | 'same' = 'new';
  /** A form must be the first answer: nobody can be asked to wait before it. */
  protected readonly opensForm: boolean = false;
  /** They change nothing. */
  protected readonly onlyShows: boolean = false;

  public constructor(context: InteractionHandler.LoaderContext) {
    super(context, { interactionHandlerType: InteractionHandlerTypes.Button });
  }

  /** Every handler of the bot is asked about every button: the prefix says which are ours. */
  public override parse(interaction: ButtonInteraction) {
    const parsed = parseCustomId(interaction.customId);
    return parsed !== undefined && this.actions.includes(parsed.action) ? this.some(parsed) : this.none();
  }

  public override async run(interaction: ButtonInteraction, { action, args }: ParsedCustomId): Promise<void> {
    const turn = new Turn(container.rollouts, interaction, { place: this.place });
    const press = () => this.press(turn, action, args);
    await orRefuse(turn.house, interaction, this.tried(interaction), () =>
      this.opensForm ? press() : turn.inTime(press),
    );
  }

  /** For what is answered where it fails. */
  public tried(interaction: Interaction): Tried {
    const what = interaction.isButton() ? `the button ${interaction.customId}` : 'a button';
    return { what, onlyShows: this.onlyShows };
  }

  protected abstract press(
    turn: Turn<ButtonInteraction>,
    action: string,
    args: readonly string[],
  ): Promise<void>;
}
