/** What the person who asked something of a rollout is told. */
import type { Card } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import type { RolloutAnswer } from '../../rollouts/RolloutsRoom.js';
import type { RolloutStatus } from '../../rollouts/RolloutStatus.js';
import { checkingCard, notDoneCard } from '../changeCards.js';
import type { Turn } from '../Turn.js';

/** @param title what was asked for: `Pause the rollout of new_greeting` */
export async function tellOutcome(turn: Turn, outcome: RolloutAnswer, title: string): Promise<void> {
  switch (outcome.status) {
    case 'done':
      return turn.show(rolloutDoneCard(title, outcome.rollout));
    case 'unchanged':
      return turn.show({
        tone: 'info',
        title: 'Nothing to change',
        body: lines([
          `The rollout of ${outcome.rollout.flag} stands like that already.`,
          outcome.rollout.headline,
        ]),
      });
    case 'checking': {
      await turn.show(checkingCard({ title }));
      const settled = await outcome.settled;
      await turn.show(
        settled.status === 'done'
          ? { tone: 'good', title, body: 'It was done. /rollout status shows it as it is now.' }
          : notDoneCard({ title }, settled),
      );
    }
  }
}

export function rolloutDoneCard(title: string, status: RolloutStatus): Card {
  const { headline, next, obstacle, ended } = status;
  return {
    tone: 'good',
    title,
    body: lines([
      headline,
      ...(ended === null ? [`Next: ${next.text}`] : []),
      ...(obstacle === null ? [] : [obstacle]),
    ]),
    fields: [{ name: 'Rollout', value: [{ code: status.id }], inline: true }],
  };
}
