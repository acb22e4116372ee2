import type { ModalSubmitInteraction } from 'discord.js';
import { answerBetaRequest } from '../lib/discord/answerBetaRequest.js';
import type { Turn } from '../lib/discord/Turn.js';
import { RolloutsModal } from './RolloutsModal.js';

export const declineAction = 'beta-decline';
/** The custom id of the form's one field. */
export const declineReason = 'reason';

/** The form that Decline opened. */
export class BetaDeclineForm extends RolloutsModal {
  protected override readonly action = declineAction;

  protected override async submit(
    turn: Turn<ModalSubmitInteraction>,
    [entry = '']: readonly string[],
  ): Promise<void> {
    turn.require('narrow');
    const reason = turn.interaction.fields.getTextInputValue(declineReason).trim();
    await answerBetaRequest(
      turn,
      turn.interaction.message,
      entry,
      'beta-decline',
      reason === '' ? undefined : reason,
    );
  }
}
