import type { ButtonInteraction } from 'discord.js';
import { askOfRollout } from '../lib/discord/rollouts/askOfRollout.js';
import { cancelAction, cancelRollout, leaves } from '../lib/discord/rollouts/cancelFlow.js';
import { sureAction } from '../lib/discord/rollouts/pressRolloutButton.js';
import { dontStartAction, startAction, startRollout, startsOf } from '../lib/discord/rollouts/startFlow.js';
import type { Turn } from '../lib/discord/Turn.js';
import { endsQuestion } from './endsQuestion.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Answers to what was asked back about a rollout: start it, advance it, cancel it how? The answer takes the question's place. */
export class RolloutQuestionButtons extends RolloutsButton {
  protected override readonly actions = [startAction, dontStartAction, sureAction, cancelAction];
  protected override readonly place = 'same';

  protected override async press(
    turn: Turn<ButtonInteraction>,
    action: string,
    args: readonly string[],
  ): Promise<void> {
    turn.require('admin');
    await endsQuestion(turn, () => answer(turn, action, args));
  }
}

async function answer(
  turn: Turn,
  action: string,
  [id = '', revision = '', leave = '']: readonly string[],
): Promise<void> {
  const asked = { revision: Number(revision) };
  if (action === sureAction) return askOfRollout(turn, 'advance', id, asked);
  if (action === cancelAction)
    return cancelRollout(
      turn,
      id,
      leaves.find((name) => name === leave),
      asked,
    );
  const { house, actor } = turn;
  const request = startsOf(house).take(id, actor.id, house.realTime.now());
  if (action === startAction) return startRollout(turn, request);
  return turn.show({
    tone: 'info',
    title: 'Cancelled',
    body: `Nothing was changed: ${request.confirmed.title}.`,
  });
}
