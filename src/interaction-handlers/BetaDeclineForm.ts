import type { ModalSubmitInteraction } from 'discord.js';
import { answerBetaRequest } from '../lib/discord/answerBetaRequest.js';
import type { House } from '../lib/discord/House.js';
import { Turn } from '../lib/discord/Turn.js';
import { RolloutsModal } from './RolloutsModal.js';

export const declineAction = 'beta-decline';
/** The custom id of the form's one field. */
export const declineReason = 'reason';

/** The form that Decline opened. */
export class BetaDeclineForm extends RolloutsModal {
  protected override readonly action = declineAction;

  protected override async submit(
    interaction: ModalSubmitInteraction,
    house: House,
    [entry = '']: readonly string[],
  ): Promise<void> {
    const turn = new Turn(house, interaction);
    turn.require('narrow');
    const reason = interaction.fields.getTextInputValue(declineReason).trim();
    await answerBetaRequest(
      turn,
      interaction.message,
      entry,
      'beta-decline',
      reason === '' ? undefined : reason,
    );
  }
}
