/** What people ask of a rollback that is under way, by a command or by a button of its card. */
import { scopeOf } from '../../alerts/wording/rollbackFacts.js';
import type { AskOfRollback, RollbackOutcome, RollbacksRoom } from '../../rollbacks/RollbacksRoom.js';
import type { Turn } from '../Turn.js';
import { rollbackButtonNeeds } from './buttons.js';
import { askedCard, begunCard } from './outcomeCards.js';
import { tellRollback } from './tellOutcome.js';

export const rollbackAsks = ['acknowledge', 'pause', 'resume', 'cancel', 'hurry'] as const;
export type RollbackAsk = (typeof rollbackAsks)[number];

const titles: Readonly<Record<RollbackAsk, string>> = {
  acknowledge: 'Acknowledge the rollback of',
  pause: 'Pause the rollback of',
  resume: 'Go on with the rollback of',
  cancel: 'Cancel the rollback of',
  hurry: 'Roll back at once:',
};

export async function askOfRollback(
  turn: Turn,
  ask: RollbackAsk,
  rollback: string,
  asked: Omit<AskOfRollback, 'by'>,
): Promise<void> {
  turn.require(rollbackButtonNeeds[ask]);
  const { rollbacks } = turn.house;
  const before = rollbacks.status(rollback);
  const outcome = await put(rollbacks, ask, rollback, { by: turn.actor, ...asked });
  const title = `${titles[ask]} ${scopeOf(before)}`;
  await tellRollback(turn, outcome, {
    title,
    flag: before.flag,
    done: (after, link) => (ask === 'hurry' ? begunCard(after, link) : askedCard(title, after, link)),
  });
}

function put(
  room: RollbacksRoom,
  ask: RollbackAsk,
  rollback: string,
  request: AskOfRollback,
): Promise<RollbackOutcome> {
  return room[ask](rollback, request);
}
