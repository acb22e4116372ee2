import type { ButtonInteraction } from 'discord.js';
import { dontRecoverAction, recoverAction } from '../lib/discord/recovery/cards.js';
import { recover, recoveriesOf } from '../lib/discord/recovery/recoverFlow.js';
import type { Turn } from '../lib/discord/Turn.js';
import { endsQuestion } from './endsQuestion.js';
import { RolloutsButton } from './RolloutsButton.js';

/** The answer to the dry run of a recovery takes its place. */
export class RecoveryQuestionButtons extends RolloutsButton {
  protected override readonly actions = [recoverAction, dontRecoverAction];
  protected override readonly place = 'same';

  protected override async press(
    turn: Turn<ButtonInteraction>,
    action: string,
    [id = '']: readonly string[],
  ): Promise<void> {
    turn.require('admin');
    const { house, actor } = turn;
    await endsQuestion(turn, async () => {
      const request = recoveriesOf(house).take(id, actor.id, house.realTime.now());
      if (action === recoverAction) return recover(turn, request);
      return turn.show({ tone: 'info', title: 'Cancelled', body: 'Nothing was changed.' });
    });
  }
}
