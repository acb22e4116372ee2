import type { ButtonInteraction } from 'discord.js';
import { answerBetaRequest } from '../lib/discord/answerBetaRequest.js';
import type { Turn } from '../lib/discord/Turn.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Approve under a beta request. */
export class BetaApproveButton extends RolloutsButton {
  protected override readonly actions = ['beta-approve'];

  protected override async press(
    turn: Turn<ButtonInteraction>,
    _action: string,
    [entry = '']: readonly string[],
  ): Promise<void> {
    turn.require('admin');
    await answerBetaRequest(turn, turn.interaction.message, entry, 'beta-approve');
  }
}
