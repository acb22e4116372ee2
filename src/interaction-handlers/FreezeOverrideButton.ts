import type { ButtonInteraction } from 'discord.js';
import { customId } from '../lib/discord/customIds.js';
import { paragraphForm } from '../lib/discord/forms.js';
import type { Turn } from '../lib/discord/Turn.js';
import { overrideAction } from '../lib/discord/unlessFrozen.js';
import { overrideReason } from './FreezeOverrideForm.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Override the freeze, under a refusal: asks for the reason first. */
export class FreezeOverrideButton extends RolloutsButton {
  protected override readonly actions = [overrideAction];
  protected override readonly opensForm = true;

  protected override async press(
    turn: Turn<ButtonInteraction>,
    _action: string,
    [id = '']: readonly string[],
  ): Promise<void> {
    turn.require('admin');
    await turn.interaction.showModal(
      paragraphForm({
        customId: customId(overrideAction, [id]),
        title: 'Override the freeze',
        field: {
          id: overrideReason,
          label: 'Reason',
          description: 'Why this cannot wait. All staff are told.',
          maxLength: 500,
          isRequired: true,
        },
      }),
    );
  }
}
