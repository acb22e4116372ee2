import type { ButtonInteraction } from 'discord.js';
import { answerBetaRequest } from '../lib/discord/answerBetaRequest.js';
import type { House } from '../lib/discord/House.js';
import { Turn } from '../lib/discord/Turn.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Approve under a beta request. */
export class BetaApproveButton extends RolloutsButton {
  protected override readonly actions = ['beta-approve'];

  protected override async press(
    interaction: ButtonInteraction,
    house: House,
    _action: string,
    [entry = '']: readonly string[],
  ): Promise<void> {
    const turn = new Turn(house, interaction);
    turn.require('admin');
    await answerBetaRequest(turn, interaction.message, entry, 'beta-approve');
  }
}
