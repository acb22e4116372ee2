import type { ButtonInteraction } from 'discord.js';
import { customId } from '../lib/discord/customIds.js';
import { paragraphForm } from '../lib/discord/forms.js';
import { requireApprover } from '../lib/discord/rollouts/askOfRollout.js';
import { declineAction } from '../lib/discord/rollouts/buttons.js';
import type { Turn } from '../lib/discord/Turn.js';
import { StaleRollout } from '../lib/rollouts/errors.js';
import { declineReason } from './RolloutDeclineForm.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Decline, under what asks for a second person, asks for a reason first: whoever asked deserves one. */
export class RolloutDeclineButton extends RolloutsButton {
  protected override readonly actions = [declineAction];
  protected override readonly opensForm = true;

  protected override async press(
    turn: Turn<ButtonInteraction>,
    _action: string,
    [rollout = '', asked = '']: readonly string[],
  ): Promise<void> {
    requireApprover(turn);
    // What is not asked any more is refused before anyone types a reason.
    const { approval, can, headline } = await turn.house.rollouts.status(rollout);
    if (!can.includes('decline') || approval?.asked !== Number(asked)) throw new StaleRollout(headline);
    await turn.interaction.showModal(
      paragraphForm({
        customId: customId(declineAction, [rollout, asked]),
        title: 'Decline',
        field: {
          id: declineReason,
          label: 'Reason',
          description: 'What is wrong. Whoever asked is told, and so are all staff.',
          maxLength: 500,
          isRequired: true,
        },
      }),
    );
  }
}
