import type { ModalSubmitInteraction } from 'discord.js';
import type { House } from '../lib/discord/House.js';
import { Turn } from '../lib/discord/Turn.js';
import { frozenRequestsOf, overrideAction } from '../lib/discord/unlessFrozen.js';
import { ReasonNeeded } from '../lib/rollouts/errors.js';
import { RolloutsModal } from './RolloutsModal.js';

/** The custom id of the form's one field. */
export const overrideReason = 'reason';

/** The form that Override the freeze opened. */
export class FreezeOverrideForm extends RolloutsModal {
  protected override readonly action = overrideAction;

  protected override async submit(
    interaction: ModalSubmitInteraction,
    house: House,
    [id = '']: readonly string[],
  ): Promise<void> {
    const turn = new Turn(house, interaction);
    turn.require('admin');
    const reason = interaction.fields.getTextInputValue(overrideReason).trim();
    if (reason === '') throw new ReasonNeeded('Overriding a freeze');
    const { widen } = frozenRequestsOf(house).take(id, turn.actor.id, house.realTime.now());
    await widen(turn, { overridesFreeze: true, reason });
  }
}
