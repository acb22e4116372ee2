import type { ButtonInteraction } from 'discord.js';
import { cancelledCard } from '../lib/discord/changeCards.js';
import { makeConfirmedChange } from '../lib/discord/changeFlow.js';
import { confirmationsOf } from '../lib/discord/Confirmations.js';
import type { Turn } from '../lib/discord/Turn.js';
import { endsQuestion } from './endsQuestion.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Confirm and Cancel under a question; the answer takes the question's place. */
export class ConfirmationButtons extends RolloutsButton {
  protected override readonly actions = ['confirm', 'cancel'];
  protected override readonly place = 'same';

  protected override async press(
    turn: Turn<ButtonInteraction>,
    action: string,
    [id = '']: readonly string[],
  ): Promise<void> {
    turn.require('look');
    await endsQuestion(turn, async () => {
      const request = confirmationsOf(turn.house).take(id, turn.actor.id, turn.house.realTime.now());
      if (action === 'cancel') await turn.show(cancelledCard(request.confirmed));
      else await makeConfirmedChange(turn, request);
    });
  }
}
