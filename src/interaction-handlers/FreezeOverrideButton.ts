import type { ButtonInteraction } from 'discord.js';
import { customId } from '../lib/discord/customIds.js';
import { paragraphForm } from '../lib/discord/forms.js';
import type { House } from '../lib/discord/House.js';
import { Turn } from '../lib/discord/Turn.js';
import { overrideAction } from '../lib/discord/unlessFrozen.js';
import { overrideReason } from './FreezeOverrideForm.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Override the freeze, under a refusal: asks for the reason first. */
export class FreezeOverrideButton extends RolloutsButton {
  protected override readonly actions = [overrideAction];

  protected override async press(
    interaction: ButtonInteraction,
    house: House,
    _action: string,
    [id = '']: readonly string[],
  ): Promise<void> {
    new Turn(house, interaction).require('admin');
    await interaction.showModal(
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
