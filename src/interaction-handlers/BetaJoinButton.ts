import type { ButtonInteraction } from 'discord.js';
import { betaJoinAction } from '../lib/discord/betaCards.js';
import { joinBeta } from '../lib/discord/joinBeta.js';
import { Forbidden } from '../lib/discord/rights.js';
import type { Turn } from '../lib/discord/Turn.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Join under `/beta list`: for the guild where it is pressed. */
export class BetaJoinButton extends RolloutsButton {
  protected override readonly actions = [betaJoinAction];

  protected override async press(
    turn: Turn<ButtonInteraction>,
    _action: string,
    [flag = '']: readonly string[],
  ): Promise<void> {
    turn.require('manager');
    if (turn.person.guildId === null) throw new Forbidden('manager');
    await joinBeta(turn, turn.person.guildId, flag);
  }
}
