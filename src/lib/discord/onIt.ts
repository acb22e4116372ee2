/** Whoever acknowledges something is on it: on-call is not pinged for it again. */
import type { Card } from '../alerts/Card.js';
import { RolloutError } from '../core/RolloutError.js';
import type { Turn } from './Turn.js';

/** @param what happened, as its notice said it */
export function onItCard(what: string): Card {
  return {
    tone: 'good',
    title: 'You are on it',
    body: `${what}. Everybody in #operations sees it, and on-call is not pinged for it again.`,
  };
}

/**
 * Acknowledges what on-call was called for by notices of this kind, then does the rest. What cannot be acknowledged any more
 * because it is over is no mistake of somebody who was called for it.
 */
export async function acknowledged(
  turn: Turn,
  kind: string,
  what: string,
  rest: () => Promise<void>,
): Promise<void> {
  const isTaken = await turn.house.urgents.takeIfWaiting(kind, turn.actor);
  try {
    await rest();
  } catch (error) {
    if (!isTaken || !(error instanceof RolloutError)) throw error;
    await turn.show(onItCard(what));
  }
}
