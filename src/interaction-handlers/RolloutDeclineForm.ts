import type { ModalSubmitInteraction } from 'discord.js';
import { declineRollout } from '../lib/discord/rollouts/askOfRollout.js';
import { declineAction } from '../lib/discord/rollouts/buttons.js';
import type { Turn } from '../lib/discord/Turn.js';
import { RolloutsModal } from './RolloutsModal.js';

/** The custom id of the form's one field. */
export const declineReason = 'reason';

/** The form that Decline opened. */
export class RolloutDeclineForm extends RolloutsModal {
  protected override readonly action = declineAction;

  protected override async submit(
    turn: Turn<ModalSubmitInteraction>,
    [rollout = '', asked = '']: readonly string[],
  ): Promise<void> {
    const reason = turn.interaction.fields.getTextInputValue(declineReason).trim();
    await declineRollout(turn, rollout, reason, Number(asked));
  }
}
