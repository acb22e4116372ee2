import type { ButtonInteraction } from 'discord.js';
import { RolloutError } from '../lib/core/RolloutError.js';
import { cancelledCard } from '../lib/discord/changeCards.js';
import { makeConfirmedChange } from '../lib/discord/changeFlow.js';
import { confirmationsOf, NotYourQuestion, QuestionClosed } from '../lib/discord/Confirmations.js';
import { refusalCard } from '../lib/discord/refusals.js';
import { Forbidden } from '../lib/discord/rights.js';
import type { Turn } from '../lib/discord/Turn.js';
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
    try {
      const request = confirmationsOf(turn.house).take(id, turn.actor.id, turn.house.realTime.now());
      if (action === 'cancel') await turn.show(cancelledCard(request.confirmed));
      else await makeConfirmedChange(turn, request);
    } catch (error) {
      // A question that cannot be answered any more must not keep its buttons. A right that is missing is logged as
      // everywhere, and somebody else's question stays as it is.
      if (!isFinal(error)) throw error;
      await turn.show(refusalCard(error));
    }
  }
}

function isFinal(error: unknown): error is RolloutError {
  if (error instanceof QuestionClosed) return !error.wasAnswered;
  return (
    error instanceof RolloutError && !(error instanceof Forbidden) && !(error instanceof NotYourQuestion)
  );
}
