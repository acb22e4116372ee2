import type { ButtonInteraction } from 'discord.js';
import { askOfRollback } from '../lib/discord/rollbacks/askOfRollback.js';
import { beginAction, cancelSureAction, leaveAction } from '../lib/discord/rollbacks/outcomeCards.js';
import { dryRunsOf, rollBack, titleOf } from '../lib/discord/rollbacks/rollbackFlow.js';
import type { Turn } from '../lib/discord/Turn.js';
import { endsQuestion } from './endsQuestion.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Answers to what was asked back about a rollback: begin it, cancel it? The answer takes the question's place. */
export class RollbackQuestionButtons extends RolloutsButton {
  protected override readonly actions = [beginAction, leaveAction, cancelSureAction];
  protected override readonly place = 'same';

  protected override async press(
    turn: Turn<ButtonInteraction>,
    action: string,
    args: readonly string[],
  ): Promise<void> {
    turn.require(action === cancelSureAction ? 'admin' : 'narrow');
    await endsQuestion(turn, () => answer(turn, action, args));
  }
}

async function answer(
  turn: Turn,
  action: string,
  [id = '', revision = '']: readonly string[],
): Promise<void> {
  if (action === cancelSureAction) return askOfRollback(turn, 'cancel', id, { revision: Number(revision) });
  const { house, actor } = turn;
  const wanted = dryRunsOf(house).take(id, actor.id, house.realTime.now());
  if (action === beginAction) return rollBack(turn, wanted);
  return turn.show({
    tone: 'info',
    title: 'Cancelled',
    body: `Nothing was changed: ${titleOf(wanted)}.`,
  });
}
