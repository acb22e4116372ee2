import type { ButtonInteraction } from 'discord.js';
import { putBackAction } from '../lib/discord/recovery/cards.js';
import { agreeToRecovery, putBack, refuseRecovery } from '../lib/discord/recovery/recoverFlow.js';
import type { Turn } from '../lib/discord/Turn.js';
import { RolloutsButton } from './RolloutsButton.js';

const acts: Readonly<Record<string, (turn: Turn, id: string) => Promise<void>>> = {
  'recovery-agree': agreeToRecovery,
  'recovery-refuse': refuseRecovery,
  [putBackAction]: putBack,
};

/** Agree, Refuse and Put back, under notices. The notice stays as it is, a record. */
export class RecoveryButtons extends RolloutsButton {
  protected override readonly actions = Object.keys(acts);

  protected override async press(
    turn: Turn<ButtonInteraction>,
    action: string,
    [id = '']: readonly string[],
  ): Promise<void> {
    const act = acts[action];
    if (act === undefined) throw new Error(`No button of a recovery has the action "${action}".`);
    await act(turn, id);
  }
}
