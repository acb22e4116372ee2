/** What staff are told of rollouts. Each is one notice; the rollout's card shows the rest. */
import type { CardButton, Text, Tone } from '../Card.js';
import { signed, who, type Who } from './facts.js';
import { initiated } from './initiated.js';
import { rollbackButton } from './rollbackButtons.js';
import { told, type Told } from './told.js';

export interface RolloutNews {
  readonly id: string;
  /** What its buttons hold for. */
  readonly revision: number;
  readonly flag: string;
  readonly plan: string;
  /** The step that is served or meant: `beta_guilds`. */
  readonly step: string;
  readonly by: Who;
  readonly reason?: string | undefined;
  /** What led to it, one sentence each. */
  readonly sentences?: readonly string[];
}

/** What is on stays in view: any of its notices can stop it. */
const watchIt = 'Nothing. Where something looks wrong, pause it or roll it back.';

export function rolloutStarted(news: RolloutNews, until: string): Told {
  const { flag, plan } = news;
  return card(news, 'info', `The rollout of ${flag} starts`, {
    did: [`Plan ${plan}. ${until}`],
    todo: 'Nothing. Where something looks wrong, roll it back.',
    offered: ['rollback', 'why'],
  });
}

/** @param serves `5 % of guilds` */
export function rolloutStepped(news: RolloutNews, serves: string): Told {
  return card(news, 'info', `${news.flag} goes on to ${news.step}: ${serves}`, {
    ...because(news),
    todo: watchIt,
    offered: ['pause', 'rollback', 'why'],
  });
}

export function rolloutPaused(news: RolloutNews, endsByItself: boolean): Told {
  const kept = 'Who has the feature keeps it.';
  return card(news, 'warn', `The rollout of ${news.flag} is paused`, {
    ...because(news),
    did: [endsByItself ? `${kept} It goes on by itself once this is over.` : kept],
    todo: endsByItself
      ? 'Nothing. Where it should not wait, resume it or roll it back.'
      : 'Look at it, then resume or roll back.',
    offered: ['resume', 'rollback', 'why'],
  });
}

export function rolloutResumed(news: RolloutNews): Told {
  return card(news, 'info', `The rollout of ${news.flag} goes on`, {
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
  return card(news, 'warn', title, {
    why: sentences,
    did: [off],
    todo: onceMended,
    offered: ['why'],
  });
}

/** Somebody turned it off beside its rollout. */
export function rolloutRolledBack(news: RolloutNews): Told {
  return card(news, 'bad', `${news.flag} is rolled back`, {
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
    card(news, 'good', `The rollout of ${news.flag} is complete: ${serves}`, {
      ...because(news),
      todo: 'Nothing. Where something looks wrong later, roll it back.',
      offered: ['why'],
    }),
    news.flag,
  );
}

export function rolloutCancelled(news: RolloutNews, serves: string): Told {
  return withRollback(
    card(news, 'warn', `The rollout of ${news.flag} is cancelled: ${serves}`, {
      ...because(news),
      did: ['Nothing changes by itself any more.'],
      todo: 'Look whether what is on may stay so; else roll it back.',
    }),
    news.flag,
  );
}

/** It cannot decide by itself. */
export function rolloutAsks(news: RolloutNews): Told {
  return card(news, 'warn', `The rollout of ${news.flag} needs a decision`, {
    ...because(news),
    did: ['It waits; who has the feature keeps it.'],
    todo: 'Look at the reasons, then advance it or roll it back.',
    offered: ['advance', 'rollback', 'why'],
  });
}

/** A guard that only tells has found something. */
export function rolloutTells(news: RolloutNews): Told {
  return card(news, 'warn', `Worth a look in the rollout of ${news.flag}`, {
    ...because(news),
    did: ['It goes on.'],
    todo: 'Look at it; where it harms people, pause or roll back.',
    offered: ['pause', 'rollback', 'why'],
  });
}

/** @param isServed it has a step that guilds are served, which can be rolled back */
export function approvalAsked(news: RolloutNews, isServed: boolean): Told {
  return card(news, 'warn', `The rollout of ${news.flag} waits for a second person`, {
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
  return card(news, isBreakGlass ? 'bad' : 'good', title, {
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
    card(news, 'warn', title, {
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
    card(news, 'warn', `What you asked for was declined: the rollout of ${flag}`, {
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

const buttons = {
  pause: { label: 'Pause', style: 'primary' },
  resume: { label: 'Resume', style: 'success' },
  advance: { label: 'Advance', style: 'secondary' },
  rollback: { label: 'Roll back', style: 'danger' },
  approve: { label: 'Approve', style: 'success' },
  decline: { label: 'Decline', style: 'danger' },
  cancel: { label: 'Cancel the rollout', style: 'secondary' },
  why: { label: 'Why?', style: 'secondary' },
} as const;

/** The rollout is over and cannot be asked for anything; its flag can. */
const withRollback = (done: Told, flag: string): Told => ({
  ...done,
  buttons: [rollbackButton(flag), ...(done.buttons ?? [])],
});

const because = ({ sentences = [] }: RolloutNews): { readonly why: readonly Text[] } => ({ why: sentences });

interface Said {
  readonly why?: readonly Text[];
  readonly did?: readonly Text[];
  readonly todo: Text;
  readonly offered?: readonly (keyof typeof buttons)[];
}

function card(
  { id, revision, plan, step, by, reason }: RolloutNews,
  tone: Tone,
  title: string,
  { why = [], did = [], todo, offered = [] }: Said,
): Told {
  return told({
    ...{ tone, title, why, did, todo },
    fields: [
      { name: 'Plan', value: plan, inline: true },
      { name: 'Step', value: step, inline: true },
      ...signed(by, reason),
    ],
    buttons: offered.map((name): CardButton => ({
      ...buttons[name],
      action: `rollout-${name}`,
      args: [id, String(revision)],
    })),
  });
}
