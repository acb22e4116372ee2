/** One rollback for whoever asks: its card, or its proof looked for again. */
import type { Card } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import { proofText, receiptField } from '../../alerts/wording/rollbackEnd.js';
import { checkText, scopeOf } from '../../alerts/wording/rollbackFacts.js';
import type { RollbackDocument } from '../../rollbacks/documents.js';
import type { Proof } from '../../rollbacks/proof/Proof.js';
import type { Turn } from '../Turn.js';
import { drawRollback } from './rollbackCard.js';

export async function showRollback(turn: Turn, rollback: string): Promise<void> {
  turn.require('look');
  const { house } = turn;
  await turn.showComponents(drawRollback(house, house.rollbacks.status(rollback)), 'new');
}

/** Asks every process again. It takes seconds where one of them does not answer. */
export async function validateRollback(turn: Turn, rollback: string): Promise<void> {
  turn.require('narrow');
  await turn.wait();
  const found = await turn.house.rollbacks.validate(rollback);
  await turn.show(proofCard(found.rollback, found.proof));
}

function proofCard(rollback: RollbackDocument, proof: Proof): Card {
  const tone = ({ proven: 'good', failed: 'bad', unknown: 'warn' } as const)[proof.verdict];
  const word = { proven: 'is proven', failed: 'is not proven: a check failed', unknown: 'is not proven yet' };
  return {
    tone,
    title: `The rollback of ${scopeOf(rollback)} ${word[proof.verdict]}`,
    body: proofText(proof),
    fields: [
      { name: 'Checks', value: lines(proof.checks.map(checkText)) },
      ...receiptField(rollback.receipt),
      { name: 'Rollback', value: [{ code: rollback.id }], inline: true },
    ],
  };
}
