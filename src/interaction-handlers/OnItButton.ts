import type { ButtonInteraction } from 'discord.js';
import { onItAction } from '../lib/alerts/escalation/onItButton.js';
import { onItCard } from '../lib/discord/onIt.js';
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
    const { title } = await turn.house.urgents.take(kind, turn.actor);
    await turn.show(onItCard(title));
  }
}
