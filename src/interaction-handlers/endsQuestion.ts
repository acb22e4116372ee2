/** A question that cannot be answered any more must not keep its buttons; somebody else's stays as it is. */
import { RolloutError } from '../lib/core/RolloutError.js';
import { NotYourQuestion, QuestionClosed } from '../lib/discord/Confirmations.js';
import { refusalCard } from '../lib/discord/refusals.js';
import { Forbidden } from '../lib/discord/rights.js';
import type { Turn } from '../lib/discord/Turn.js';

/** Runs the answer; a refusal that is final takes the question's place, any other goes on. */
export async function endsQuestion(turn: Turn, answer: () => Promise<void>): Promise<void> {
  try {
    await answer();
  } catch (error) {
    if (!isFinal(error)) throw error;
    await turn.show(refusalCard(error));
  }
}

function isFinal(error: unknown): error is RolloutError {
  if (error instanceof QuestionClosed) return !error.wasAnswered;
  return (
    error instanceof RolloutError && !(error instanceof Forbidden) && !(error instanceof NotYourQuestion)
  );
}
