/** Cancelling a rollout asks what becomes of its flag. */
import type { Card } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import type { RolloutStatus } from '../../rollouts/RolloutStatus.js';
import { showPercentage } from '../percentage.js';
import type { Turn } from '../Turn.js';
import type { AskedWith } from './askOfRollout.js';
import { tellOutcome } from './rolloutOutcome.js';

export const leaves = ['keep', 'restore'] as const;
export type Leave = (typeof leaves)[number];

/** Answers to "Cancel?"; the card's own button is `rollout-cancel`. */
export const cancelAction = 'rollout-end';

/** @param leave asked of the person where it is undefined */
export async function cancelRollout(
  turn: Turn,
  rollout: string,
  leave: Leave | undefined,
  asked: AskedWith,
): Promise<void> {
  turn.require('admin');
  const status = await turn.house.rollouts.status(rollout);
  // What has ended is refused by the room; nobody should be asked first what becomes of it.
  const isOpen = status.ended === null;
  if (leave === undefined && isOpen) return turn.show(cancelCard(status));
  const outcome = await turn.house.rollouts.cancel(rollout, {
    by: turn.actor,
    leave: leave ?? 'keep',
    ...asked,
  });
  const title = `Cancel the rollout of ${status.flag}, ${leave === 'restore' ? 'and go back' : 'and keep what is served'}`;
  return tellOutcome(turn, outcome, title);
}

function cancelCard({ id, revision, flag, headline, steps, step }: RolloutStatus): Card {
  const now = steps[step];
  const button = (label: string, leave: Leave, style: 'primary' | 'danger') =>
    ({ label, style, action: cancelAction, args: [id, String(revision), leave] }) as const;
  const title = `Cancel the rollout of ${flag}?`;
  if (now?.is !== 'now') {
    return {
      tone: 'warn',
      title,
      body: lines([
        'Nothing has changed yet.',
        headline,
        'Nobody has got anything by it: the flag stays as it is.',
      ]),
      buttons: [button('Cancel the rollout', 'restore', 'danger')],
    };
  }
  return {
    tone: 'warn',
    title,
    body: lines([
      'Nothing has changed yet.',
      headline,
      'Who has the feature can keep it, or the flag goes back to what it was before the rollout.',
    ]),
    buttons: [
      button(`Keep it at ${showPercentage(now.servedBasisPoints)}`, 'keep', 'primary'),
      button('Back to before', 'restore', 'danger'),
    ],
  };
}
