import type { ButtonInteraction } from 'discord.js';
import { pressRolloutButton } from '../lib/discord/rollouts/pressRolloutButton.js';
import { rolloutButtonActions, rolloutButtonOf } from '../lib/discord/rollouts/buttons.js';
import type { Turn } from '../lib/discord/Turn.js';
import { RolloutsButton } from './RolloutsButton.js';

/** The buttons of a rollout's card, in the staff's channel and under `/rollout status`. */
export class RolloutButtons extends RolloutsButton {
  protected override readonly actions = rolloutButtonActions;

  protected override async press(
    turn: Turn<ButtonInteraction>,
    action: string,
    [rollout = '', revision = '']: readonly string[],
  ): Promise<void> {
    const button = rolloutButtonOf(action);
    if (button === undefined) throw new Error(`No button of a rollout has the action "${action}".`);
    await pressRolloutButton(turn, button, rollout, Number(revision));
  }
}
