/** What staff are told of rollouts. Each is one notice; the rollout's card shows the rest. */
import type { Card, CardButton, Text } from '../Card.js';
import { lines, who, type Who } from './facts.js';
import { rollbackButton } from './rollbackButtons.js';

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

export function rolloutStarted({ flag, plan, ...news }: RolloutNews, until: string): Card {
  return card(
    { flag, plan, ...news },
    'info',
    `The rollout of ${flag} starts`,
    [`Plan ${plan}. ${until}`],
    ['rollback', 'why'],
  );
}

/** @param serves `5 % of guilds` */
export function rolloutStepped(news: RolloutNews, serves: string): Card {
  return card(news, 'info', `${news.flag} goes on to ${news.step}: ${serves}`, news.sentences ?? [], [
    'pause',
    'rollback',
    'why',
  ]);
}

export function rolloutPaused(news: RolloutNews, endsByItself: boolean): Card {
  const next = endsByItself
    ? 'Who has the feature keeps it. It goes on by itself once this is over.'
    : 'Who has the feature keeps it. Look at it, then resume or roll back.';
  return card(
    news,
    'warn',
    `The rollout of ${news.flag} is paused`,
    [...(news.sentences ?? []), next],
    ['resume', 'rollback', 'why'],
  );
}

export function rolloutResumed(news: RolloutNews): Card {
  return card(news, 'info', `The rollout of ${news.flag} goes on`, news.sentences ?? [], [
    'pause',
    'rollback',
    'why',
  ]);
}

/** Who pressed, or what was found, in the words that everybody knows: the judge's rollback begins like any other. */
export function rolloutRollbackInitiated(news: RolloutNews): Card {
  const { flag, reason, sentences = [] } = news;
  const why = sentences[0] ?? reason ?? `the rollout of ${flag}`;
  const off = `${flag} is off for everybody, by its kill switch. Its card in #operations shows every step and the proof.`;
  const said = [off, ...sentences.slice(1), [...onceMended]];
  return card(news, 'warn', `ROLLBACK INITIATED: ${why}`, said, ['why']);
}

/** Somebody turned it off beside its rollout. */
export function rolloutRolledBack(news: RolloutNews): Card {
  const { sentences = [] } = news;
  const next = ['It is off in every guild, by its kill switch. ', ...onceMended] as const;
  return card(news, 'bad', `${news.flag} is rolled back`, [...sentences, [...next]], ['why']);
}

const onceMended = ['Once it is mended: ', { code: '/feature unkill' }, ', then start again.'] as const;

export function rolloutCompleted(news: RolloutNews, serves: string): Card {
  return withRollback(
    card(news, 'good', `The rollout of ${news.flag} is complete: ${serves}`, news.sentences ?? [], ['why']),
    news.flag,
  );
}

export function rolloutCancelled(news: RolloutNews, serves: string): Card {
  return withRollback(
    card(news, 'warn', `The rollout of ${news.flag} is cancelled: ${serves}`, news.sentences ?? [], []),
    news.flag,
  );
}

/** It cannot decide by itself. */
export function rolloutAsks(news: RolloutNews): Card {
  return card(news, 'warn', `The rollout of ${news.flag} needs a decision`, news.sentences ?? [], [
    'advance',
    'rollback',
    'why',
  ]);
}

/** A guard that only tells has found something. */
export function rolloutTells(news: RolloutNews): Card {
  return card(news, 'warn', `Worth a look in the rollout of ${news.flag}`, news.sentences ?? [], [
    'pause',
    'rollback',
    'why',
  ]);
}

/** @param isServed it has a step that guilds are served, which can be rolled back */
export function approvalAsked(news: RolloutNews, isServed: boolean): Card {
  return card(
    news,
    'warn',
    `The rollout of ${news.flag} waits for a second person`,
    [
      ...(news.sentences ?? []),
      [
        'Nobody newly gets it before somebody with an approver role, other than who asked, presses Approve or uses ',
        { code: '/rollout approve' },
        '.',
      ],
    ],
    ['approve', 'cancel', ...(isServed ? (['rollback'] as const) : []), 'why'],
  );
}

export function approvalGiven(news: RolloutNews, isBreakGlass: boolean): Card {
  const title = isBreakGlass
    ? `Approved without a second person: the rollout of ${news.flag}`
    : `The rollout of ${news.flag} is approved`;
  return card(
    news,
    isBreakGlass ? 'bad' : 'good',
    title,
    news.sentences ?? [],
    isBreakGlass ? ['pause', 'rollback', 'why'] : [],
  );
}

/** @param until `until 3 May 2026 12:00 UTC`, or that it has no end */
export function freezeBegan(by: Who, reason: string, until: string, isIncident: boolean): Card {
  return {
    tone: 'warn',
    title: isIncident
      ? 'An incident is open: nothing is widened, rollouts are paused'
      : 'Everything is frozen: nothing is widened',
    body: [
      'Turning things off always works. ',
      { code: '/freeze stop' },
      ' ends it',
      until === '' ? '.' : `, or it ends ${until}.`,
    ],
    fields: signed(by, reason),
  };
}

/** @param title what was done all the same */
export function freezeOverridden(
  title: string,
  by: Who,
  reason: string | undefined,
  freeze: { readonly name: string; readonly reason: string },
): Card {
  return {
    tone: 'warn',
    title: `${title}: in spite of the freeze`,
    body: `${freeze.name} froze everything (${freeze.reason}). The freeze holds for everything else.`,
    fields: signed(by, reason),
  };
}

export function freezeEnded(by: Who, reason: string | undefined): Card {
  return {
    tone: 'good',
    title: 'The freeze is over',
    body: 'Flags can be widened again, and rollouts go on.',
    fields: signed(by, reason),
  };
}

const buttons = {
  pause: { label: 'Pause', style: 'primary' },
  resume: { label: 'Resume', style: 'success' },
  advance: { label: 'Advance', style: 'secondary' },
  rollback: { label: 'Roll back', style: 'danger' },
  approve: { label: 'Approve', style: 'success' },
  cancel: { label: 'Cancel the rollout', style: 'secondary' },
  why: { label: 'Why?', style: 'secondary' },
} as const;

/** The rollout is over and cannot be asked for anything; its flag can. */
const withRollback = (done: Card, flag: string): Card => ({
  ...done,
  buttons: [rollbackButton(flag), ...(done.buttons ?? [])],
});

function card(
  news: RolloutNews,
  tone: Card['tone'],
  title: string,
  said: readonly Text[],
  offered: readonly (keyof typeof buttons)[],
): Card {
  const { id, revision, plan, step, by, reason } = news;
  return {
    tone,
    title,
    ...(said.length > 0 && { body: lines(said) }),
    fields: [
      { name: 'Plan', value: plan, inline: true },
      { name: 'Step', value: step, inline: true },
      ...signed(by, reason),
    ],
    ...(offered.length > 0 && {
      buttons: offered.map((name): CardButton => ({
        ...buttons[name],
        action: `rollout-${name}`,
        args: [id, String(revision)],
      })),
    }),
  };
}

function signed(by: Who, reason: string | undefined): Card['fields'] & object {
  return [
    { name: 'By', value: who(by), inline: true },
    ...(reason === undefined || reason === '' ? [] : [{ name: 'Reason', value: reason, inline: true }]),
  ];
}
