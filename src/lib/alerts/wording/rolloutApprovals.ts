/** What is told of a rollout that waits for a second person. */
import type { Text } from '../Card.js';
import { who, type Who } from './facts.js';
import { because, rolloutCard, type RolloutNews } from './rolloutNews.js';
import type { Told } from './told.js';

/** @param isServed it has a step that guilds are served, which can be rolled back */
export function approvalAsked(news: RolloutNews, isServed: boolean): Told {
  return rolloutCard(news, 'warn', `The rollout of ${news.flag} waits for a second person`, {
    ...because(news),
    did: ['Nobody newly gets it until then.'],
    todo: [
      'Somebody with an approver role, other than who asked: press Approve or Decline, or use ',
      { code: '/rollout approve' },
      ' or ',
      { code: '/rollout decline' },
      '.',
    ],
    offered: ['approve', 'decline', 'cancel', ...(isServed ? (['rollback'] as const) : []), 'why'],
  });
}

export function approvalGiven(news: RolloutNews, isBreakGlass: boolean): Told {
  const title = isBreakGlass
    ? `Approved without a second person: the rollout of ${news.flag}`
    : `The rollout of ${news.flag} is approved`;
  return rolloutCard(news, isBreakGlass ? 'bad' : 'good', title, {
    ...because(news),
    todo: isBreakGlass ? 'Look whether that was right; else pause it or roll it back.' : 'Nothing.',
    offered: isBreakGlass ? ['pause', 'rollback', 'why'] : [],
  });
}

export interface DeclineNews extends RolloutNews {
  readonly askedBy: Who;
  /** It had not begun, and is over. */
  readonly isOver: boolean;
}

export function approvalDeclined(news: DeclineNews): Told {
  const { flag, step, isOver } = news;
  const title = isOver
    ? `The rollout of ${flag} is declined, and does not start`
    : `${step} is declined: the rollout of ${flag} is paused`;
  return declined(
    rolloutCard(news, 'warn', title, {
      ...because(news),
      did: isOver
        ? ['Nothing was turned on. The rollout is over.']
        : ['Who has the feature keeps it. Once it is resumed, a second person is asked anew.'],
      todo: isOver ? startAnew : 'Settle it with whoever declined. Then resume it, or roll it back.',
      offered: isOver ? ['why'] : ['resume', 'rollback', 'why'],
    }),
    news,
  );
}

/** To the person who asked, by direct message: nothing can be pressed there. */
export function askDeclined(news: DeclineNews): Told {
  const { flag, step, isOver } = news;
  return declined(
    rolloutCard(news, 'warn', `What you asked for was declined: the rollout of ${flag}`, {
      did: [
        isOver
          ? 'It does not start, and nothing was turned on.'
          : `${step} is not served. The rollout is paused, and who has the feature keeps it.`,
      ],
      todo: isOver
        ? startAnew
        : 'Settle it with whoever declined. Then an admin resumes it on its card, or rolls it back.',
    }),
    news,
  );
}

const startAnew: Text = [
  'Settle it with whoever declined. Then ',
  { code: '/rollout start' },
  ' asks a second person anew.',
];

const declined = (said: Told, { askedBy }: DeclineNews): Told => ({
  ...said,
  fields: [...(said.fields ?? []), { name: 'Asked by', value: who(askedBy), inline: true }],
});
