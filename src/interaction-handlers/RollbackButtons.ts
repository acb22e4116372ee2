import type { ButtonInteraction } from 'discord.js';
import { rollbackButtonActions, rollbackButtonOf } from '../lib/discord/rollbacks/buttons.js';
import { pressRollbackButton } from '../lib/discord/rollbacks/pressRollbackButton.js';
import type { Turn } from '../lib/discord/Turn.js';
import { RolloutsButton } from './RolloutsButton.js';

/** The buttons of a rollback's card and of its notices. The answer is for whoever pressed: the card shows the rest. */
export class RollbackButtons extends RolloutsButton {
  protected override readonly actions = rollbackButtonActions;

  protected override async press(
    turn: Turn<ButtonInteraction>,
    action: string,
    [rollback = '', revision = '']: readonly string[],
  ): Promise<void> {
    const button = rollbackButtonOf(action);
    if (button === undefined) throw new Error(`No button of a rollback has the action "${action}".`);
    await pressRollbackButton(turn, button, rollback, Number(revision));
  }
}
