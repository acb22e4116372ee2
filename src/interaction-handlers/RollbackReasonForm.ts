import type { ModalSubmitInteraction } from 'discord.js';
import { readReasonForm, reasonAction } from '../lib/discord/rollbacks/reasonForm.js';
import { begin } from '../lib/discord/rollbacks/rollbackFlow.js';
import type { Turn } from '../lib/discord/Turn.js';
import { ReasonNeeded } from '../lib/rollouts/errors.js';
import { RolloutsModal } from './RolloutsModal.js';

/** The form that asked why. */
export class RollbackReasonForm extends RolloutsModal {
  protected override readonly action = reasonAction;

  protected override async submit(
    turn: Turn<ModalSubmitInteraction>,
    args: readonly string[],
  ): Promise<void> {
    turn.require('narrow');
    const { dryRun, ...wanted } = readReasonForm(turn.interaction, args);
    if (wanted.reason === '') throw new ReasonNeeded('A rollback');
    await begin(turn, { ...wanted, by: turn.actor }, dryRun);
  }
}
