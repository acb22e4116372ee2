/** What staff are told of rollouts. Each is one notice; the rollout's card shows the rest. */
import type { Text } from '../Card.js';
import { initiated } from './initiated.js';
import { rollbackButton } from './rollbackButtons.js';
import { because, rolloutCard, type RolloutNews } from './rolloutNews.js';
import type { Told } from './told.js';

/** What is on stays in view: any of its notices can stop it. */
const watchIt = 'Nothing. Where something looks wrong, pause it or roll it back.';

export function rolloutStarted(news: RolloutNews, until: string): Told {
  const { flag, plan } = news;
  return rolloutCard(news, 'info', `The rollout of ${flag} starts`, {
    did: [`Plan ${plan}. ${until}`],
    todo: 'Nothing. Where something looks wrong, roll it back.',
    offered: ['rollback', 'why'],
  });
}

/** @param serves `5 % of guilds` */
export function rolloutStepped(news: RolloutNews, serves: string): Told {
  return rolloutCard(news, 'info', `${news.flag} goes on to ${news.step}: ${serves}`, {
    ...because(news),
    todo: watchIt,
    offered: ['pause', 'rollback', 'why'],
  });
}

export function rolloutPaused(news: RolloutNews, endsByItself: boolean): Told {
  const kept = 'Who has the feature keeps it.';
  return rolloutCard(news, 'warn', `The rollout of ${news.flag} is paused`, {
    ...because(news),
    did: [endsByItself ? `${kept} It goes on by itself once this is over.` : kept],
    todo: endsByItself
      ? 'Nothing. Where it should not wait, resume it or roll it back.'
      : 'Look at it, then resume or roll back.',
    offered: ['resume', 'rollback', 'why'],
  });
}

export function rolloutResumed(news: RolloutNews): Told {
  return rolloutCard(news, 'info', `The rollout of ${news.flag} goes on`, {
    ...because(news),
    todo: watchIt,
    offered: ['pause', 'rollback', 'why'],
  });
}

/** Who pressed, or what was found, in the words that everybody knows: the judge's rollback begins like any other. */
export function rolloutRollbackInitiated(news: RolloutNews): Told {
  const { flag, reason, sentences = [] } = news;
  // A judge's sentence is all numbers, which are for the body; what a person said stands in its field, too.
  const { title } = initiated(flag, sentences.length > 0 ? '' : (reason ?? ''));
  const off = `${flag} is off for everybody, by its kill switch. Its card in #operations shows every step and the proof.`;
  return rolloutCard(news, 'warn', title, {
    why: sentences,
    did: [off],
    todo: onceMended,
    offered: ['why'],
  });
}

/** Somebody turned it off beside its rollout. */
export function rolloutRolledBack(news: RolloutNews): Told {
  return rolloutCard(news, 'bad', `${news.flag} is rolled back`, {
    ...because(news),
    did: ['It is off in every guild, by its kill switch.'],
    todo: onceMended,
    offered: ['why'],
  });
}

const onceMended: Text = [
  'Look for what was wrong. Once it is mended: ',
  { code: '/feature unkill' },
  ', then start again.',
];

export function rolloutCompleted(news: RolloutNews, serves: string): Told {
  return withRollback(
    rolloutCard(news, 'good', `The rollout of ${news.flag} is complete: ${serves}`, {
      ...because(news),
      todo: 'Nothing. Where something looks wrong later, roll it back.',
      offered: ['why'],
    }),
    news.flag,
  );
}

export function rolloutCancelled(news: RolloutNews, serves: string): Told {
  return withRollback(
    rolloutCard(news, 'warn', `The rollout of ${news.flag} is cancelled: ${serves}`, {
      ...because(news),
      did: ['Nothing changes by itself any more.'],
      todo: 'Look whether what is on may stay so; else roll it back.',
    }),
    news.flag,
  );
}

/** It cannot decide by itself. */
export function rolloutAsks(news: RolloutNews): Told {
  return rolloutCard(news, 'warn', `The rollout of ${news.flag} needs a decision`, {
    ...because(news),
    did: ['It waits; who has the feature keeps it.'],
    todo: 'Look at the reasons, then advance it or roll it back.',
    offered: ['advance', 'rollback', 'why'],
  });
}

/** A guard that only tells has found something. */
export function rolloutTells(news: RolloutNews): Told {
  return rolloutCard(news, 'warn', `Worth a look in the rollout of ${news.flag}`, {
    ...because(news),
    did: ['It goes on.'],
    todo: 'Look at it; where it harms people, pause or roll back.',
    offered: ['pause', 'rollback', 'why'],
  });
}

/** The rollout is over and cannot be asked for anything; its flag can. */
const withRollback = (done: Told, flag: string): Told => ({
  ...done,
  buttons: [rollbackButton(flag), ...(done.buttons ?? [])],
});
