import type { ModalSubmitInteraction } from 'discord.js';
import type { Turn } from '../lib/discord/Turn.js';
import { frozenRequestsOf, overrideAction } from '../lib/discord/unlessFrozen.js';
import { ReasonNeeded } from '../lib/rollouts/errors.js';
import { RolloutsModal } from './RolloutsModal.js';

/** The custom id of the form's one field. */
export const overrideReason = 'reason';

/** The form that Override the freeze opened. */
export class FreezeOverrideForm extends RolloutsModal {
  protected override readonly action = overrideAction;

  protected override async submit(
    turn: Turn<ModalSubmitInteraction>,
    [id = '']: readonly string[],
  ): Promise<void> {
    turn.require('admin');
    const reason = turn.interaction.fields.getTextInputValue(overrideReason).trim();
    if (reason === '') throw new ReasonNeeded('Overriding a freeze');
    const { widen } = frozenRequestsOf(turn.house).take(id, turn.actor.id, turn.house.realTime.now());
    await widen(turn, { overridesFreeze: true, reason });
  }
}
