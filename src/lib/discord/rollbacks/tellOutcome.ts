/** Shows what came of a press, and what becomes of it in the seconds after. */
import type { Card, Text } from '../../alerts/Card.js';
import { scopeOf } from '../../alerts/wording/rollbackFacts.js';
import type { RollbackDocument } from '../../rollbacks/documents.js';
import type { RollbackOutcome } from '../../rollbacks/RollbacksRoom.js';
import { checkingCard, notDoneCard } from '../changeCards.js';
import type { Turn } from '../Turn.js';
import { cardLink } from './cardLink.js';
import { everywhereNowCard, hereOnlyCard, unchangedRollbackCard } from './outcomeCards.js';

type Draw = (rollback: RollbackDocument, link?: Text) => Card;

/** @param asked what was asked for, in words · `done`: how its end is drawn */
export async function tellRollback(
  turn: Turn,
  outcome: RollbackOutcome,
  asked: { readonly title: string; readonly flag: string | null; readonly done: Draw },
): Promise<void> {
  switch (outcome.status) {
    case 'done':
      return showWithLink(turn, outcome.rollback, asked.done);
    case 'unchanged': {
      const { rollback, why } = outcome;
      return showWithLink(turn, rollback, (one, link) => unchangedRollbackCard(one, why, link));
    }
    case 'here-only':
      await turn.show(hereOnlyCard(scopeOf(asked)));
      return showWithLink(turn, await outcome.settled, everywhereNowCard);
    case 'checking': {
      await turn.show(checkingCard(asked));
      const settled = await outcome.settled;
      await turn.show(
        settled.status === 'done'
          ? { tone: 'good', title: asked.title, body: 'It was done. /rollback status shows it as it is now.' }
          : notDoneCard(asked, settled),
      );
    }
  }
}

/** At once, and again with the link to the live card as soon as that is written. */
async function showWithLink(turn: Turn, rollback: RollbackDocument, draw: Draw): Promise<void> {
  await turn.show(draw(rollback));
  const link = await cardLink(turn.house, rollback.id);
  if (link !== undefined) await turn.show(draw(rollback, link));
}
