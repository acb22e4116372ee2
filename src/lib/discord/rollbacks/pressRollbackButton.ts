/** What a press on a rollback's card or notice does. */
import type { ButtonInteraction } from 'discord.js';
import type { RollbackButtonName } from '../../alerts/wording/rollbackButtons.js';
import { scopeOf } from '../../alerts/wording/rollbackFacts.js';
import { acknowledged } from '../onIt.js';
import type { Turn } from '../Turn.js';
import { askOfRollback } from './askOfRollback.js';
import { rollbackButtonNeeds } from './buttons.js';
import { cancelQuestionCard } from './outcomeCards.js';
import { showRollback, validateRollback } from './showRollback.js';

export async function pressRollbackButton(
  turn: Turn<ButtonInteraction>,
  button: RollbackButtonName,
  rollback: string,
  revision: number,
): Promise<void> {
  turn.require(rollbackButtonNeeds[button]);
  switch (button) {
    case 'show':
      return showRollback(turn, rollback);
    case 'validate':
      return validateRollback(turn, rollback);
    // It gives guilds the feature again: one press in the wrong place must not.
    case 'cancel':
      return turn.show(cancelQuestionCard(turn.house.rollbacks.status(rollback)));
    // A batch later than the card that was pressed, these still mean the same, and nobody gets anything by them.
    case 'acknowledge': {
      const what = `The rollback of ${scopeOf(turn.house.rollbacks.status(rollback))}`;
      return acknowledged(turn, 'rollback', what, () => askOfRollback(turn, button, rollback, {}));
    }
    case 'pause':
    case 'hurry':
      return askOfRollback(turn, button, rollback, {});
    case 'resume':
      return askOfRollback(turn, button, rollback, { revision });
  }
}
