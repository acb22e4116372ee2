import { container } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import { onItAction } from '../lib/alerts/escalation/onItButton.js';
import type { Turn } from '../lib/discord/Turn.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Under an urgent notice: whoever presses is on it, and on-call is not pinged again. */
export class OnItButton extends RolloutsButton {
  protected override readonly actions = [onItAction];

  protected override async press(
    turn: Turn<ButtonInteraction>,
    _action: string,
    [kind = '']: readonly string[],
  ): Promise<void> {
    turn.require('narrow');
    const { title } = await container.rollouts.urgents.take(kind, turn.actor);
    await turn.show({
      tone: 'good',
      title: 'You are on it',
      body: [`${title}. Everybody in #operations sees it, and on-call is not pinged for it again.`],
    });
  }
}
