import {
  LabelBuilder,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
  type ButtonInteraction,
} from 'discord.js';
import { customId } from '../lib/discord/customIds.js';
import type { Turn } from '../lib/discord/Turn.js';
import { declineAction, declineReason } from './BetaDeclineForm.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Decline under a beta request asks for a reason first: the person who hears the answer deserves one. */
export class BetaDeclineButton extends RolloutsButton {
  protected override readonly actions = [declineAction];
  protected override readonly opensForm = true;

  protected override async press(
    turn: Turn<ButtonInteraction>,
    _action: string,
    [entry = '']: readonly string[],
  ): Promise<void> {
    turn.require('narrow');
    // A request that is no longer there is refused before anyone types a reason.
    await turn.house.flags.betaRequest(entry);
    const reason = new TextInputBuilder()
      .setCustomId(declineReason)
      .setStyle(TextInputStyle.Paragraph)
      .setMaxLength(500)
      .setRequired(false);
    await turn.interaction.showModal(
      new ModalBuilder()
        .setCustomId(customId(declineAction, [entry]))
        .setTitle('Decline this request')
        .addLabelComponents(
          new LabelBuilder()
            .setLabel('Reason')
            .setDescription('Shown to the person who asked; may be left empty.')
            .setTextInputComponent(reason),
        ),
    );
  }
}
