import type { ButtonInteraction } from 'discord.js';
import {
  advanceAction,
  advanceRollout,
  advancesOf,
  dontAdvanceAction,
} from '../lib/discord/rollouts/advanceFlow.js';
import { cancelAction, cancelRollout, leaves } from '../lib/discord/rollouts/cancelFlow.js';
import { dontStartAction, startAction, startRollout, startsOf } from '../lib/discord/rollouts/startFlow.js';
import type { Turn } from '../lib/discord/Turn.js';
import { endsQuestion } from './endsQuestion.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Answers to what was asked back about a rollout: start it, advance it, cancel it how? The answer takes the question's place. */
export class RolloutQuestionButtons extends RolloutsButton {
  protected override readonly actions = [
    startAction,
    dontStartAction,
    advanceAction,
    dontAdvanceAction,
    cancelAction,
  ];
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
  const { house, actor } = turn;
  const now = house.realTime.now();
  switch (action) {
    case cancelAction: {
      const wanted = leaves.find((name) => name === leave);
      return cancelRollout(turn, id, wanted, { revision: Number(revision) });
    }
    case startAction:
      return startRollout(turn, startsOf(house).take(id, actor.id, now));
    case advanceAction: {
      const { by: _, ...request } = advancesOf(house).take(id, actor.id, now);
      return advanceRollout(turn, request.confirmed.rollout, request, 'does');
    }
    case dontStartAction:
      return leftAlone(turn, startsOf(house).take(id, actor.id, now).confirmed.title);
    default:
      return leftAlone(
        turn,
        `advance the rollout of ${advancesOf(house).take(id, actor.id, now).confirmed.flag}`,
      );
  }
}

function leftAlone(turn: Turn, what: string): Promise<void> {
  return turn.show({ tone: 'info', title: 'Cancelled', body: `Nothing was changed: ${what}.` });
}
