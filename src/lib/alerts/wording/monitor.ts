/** What staff are told while a deployment is watched: what happened, why, what the system did, what a person should do. */
import type { Card, CardButton, CardField, Text } from '../Card.js';
import { lines } from './facts.js';
import type { ForMembers } from './members.js';
import { rollbackAskAction, rollbackButton } from './rollbackButtons.js';

export interface WatchedFacts {
  readonly version: string;
  readonly environment: string;
}

export interface BreachFacts extends WatchedFacts {
  readonly check: string;
  readonly level: 'critical' | 'high' | 'medium' | 'low';
  readonly action: 'rollback' | 'gradual-rollback' | 'pause' | 'tell' | 'ask';
  /** What the policy would have done where people are asked. */
  readonly wanted: 'rollback' | 'gradual-rollback' | 'pause' | 'tell';
  readonly flags: readonly string[];
  /** With the numbers. */
  readonly sentence: string;
  /** What members are to be told; undefined where they notice nothing. */
  readonly forMembers?: ForMembers | undefined;
  /** Where it is told to them; undefined: staff hand it on. */
  readonly usersChannel?: string | undefined;
  /** Whether the version before can be brought back from here. @default true */
  readonly hasDriver?: boolean | undefined;
  /** The rollouts of the flags, for their buttons. */
  readonly rollouts?: readonly RolloutFacts[];
}

export interface RolloutFacts {
  readonly id: string;
  readonly flag: string;
  readonly revision: number;
}

/** As people say it. */
const checkTitles: Readonly<Record<string, string>> = {
  'response-times': 'Response times',
  'error-rates': 'Errors',
  memory: 'Memory',
  'state-store': 'Databases',
  'external-services': 'External services',
  'user-commands': 'Commands',
};

export function checkTitle(check: string): string {
  return checkTitles[check] ?? check;
}

/** The first word on a breach; what came of an action follows as {@link breachActed}. */
export function breachFound(facts: BreachFacts): Card {
  const { check, level, sentence, version } = facts;
  return {
    tone: level === 'low' ? 'warn' : 'bad',
    title: `${checkTitle(check)} after deployment ${version}: ${level} risk`,
    body: lines([sentence, ...done(facts)]),
    fields: about(facts),
    ...withButtons(facts.action === 'ask' ? buttonsOf(facts) : []),
  };
}

export function breachActed(
  facts: BreachFacts,
  { isDone, outcome }: { readonly isDone: boolean; readonly outcome: string },
): Card {
  const { version, check } = facts;
  return {
    tone: isDone ? 'info' : 'bad',
    title: isDone
      ? `${checkTitle(check)} after deployment ${version}: acted`
      : `${checkTitle(check)} after deployment ${version}: could not act`,
    body: lines([
      outcome,
      ...(isDone
        ? [...asked(facts), [{ code: '/deploy monitor' }, ' shows whether it helps.'] satisfies Text]
        : [byHand(facts)]),
    ]),
    fields: about(facts),
    ...withButtons(isDone ? [] : buttonsOf(facts)),
  };
}

function done(facts: BreachFacts): readonly Text[] {
  const { action, flags } = facts;
  switch (action) {
    case 'rollback':
      return [
        facts.hasDriver === false
          ? 'Every flag goes off at once. The new version goes on running: no driver is configured that could bring the one before back, so let your pipeline do it.'
          : 'Every flag goes off at once, and the version before is brought back.',
        'The card of the rollback in #operations shows every step.',
      ];
    case 'gradual-rollback':
      return [
        ['Taken back gradually: ', ...codes(flags), '.'],
        'Look for the cause meanwhile, and tune what you find.',
      ];
    case 'pause':
      return [['Pausing: ', ...codes(flags), '. Who has it keeps it, and nobody else gets it.']];
    case 'tell':
      return ['Nothing is done by itself.', ...told(facts)];
    case 'ask':
      return ['Nothing was done by itself: this is yours to decide.', byHand(facts)];
  }
}

function told({ forMembers, usersChannel }: BreachFacts): readonly Text[] {
  if (forMembers === undefined)
    return ['Members notice nothing of it. Find out why before the next deployment.'];
  if (usersChannel !== undefined) {
    return [['Members are told in ', { channel: usersChannel }, `: "${forMembers.title}"`]];
  }
  return [...toHandOn(forMembers), ['With ', { code: 'USERS_CHANNEL_ID' }, ' the bot tells them itself.']];
}

/** After a pause: whoever has the feature knows best. */
function asked({ action, forMembers, usersChannel }: BreachFacts): readonly Text[] {
  if (action !== 'pause' || forMembers === undefined) return [];
  const answers = [
    'What they say is in ',
    { code: '/rollout status' },
    '. Then resume it, or roll it back.',
  ] as const;
  if (usersChannel === undefined)
    return ['Ask those who have it what they see.', ...toHandOn(forMembers), answers];
  return [
    ['Those who have it are asked in ', { channel: usersChannel }, ' to use /feedback and /report.'],
    answers,
  ];
}

function toHandOn({ title, body }: ForMembers): readonly Text[] {
  return [[{ bold: 'To hand on to members' }, `: "${title}. ${body}"`]];
}

function byHand(facts: BreachFacts): Text {
  const { wanted, flags } = facts;
  const [flag] = flags;
  if (wanted === 'rollback') return ['Go back with ', { code: '/rollback now' }, ', or leave it as it is.'];
  if (wanted === 'tell') return lines(told({ ...facts, usersChannel: undefined }));
  if (flag === undefined) {
    return ['No rollout is under way. Tune it, or go back with ', { code: '/rollback now' }, '.'];
  }
  return wanted === 'gradual-rollback'
    ? ['Take it back with ', { code: `/rollback gradual feature:${flag}` }, ', or tune it.']
    : [
        'Pause it, ask for feedback with ',
        { code: '/feedback' },
        ' and ',
        { code: '/report' },
        ', or leave it as it is.',
      ];
}

/** What the policy would have done, a press away. Discord takes five in a row. */
function buttonsOf({ wanted, flags, rollouts = [] }: BreachFacts): readonly CardButton[] {
  const everything: CardButton = {
    ...{ label: 'Roll back everything', style: 'danger', action: rollbackAskAction, args: ['*'] },
  };
  if (wanted === 'tell') return [];
  if (wanted === 'rollback' || flags.length === 0) return [everything];
  const shown = flags.slice(0, 4);
  if (wanted === 'gradual-rollback') {
    return shown.map((flag) => ({ ...rollbackButton(flag), label: `Roll back ${flag}`.slice(0, 80) }));
  }
  return rollouts
    .filter(({ flag }) => shown.includes(flag))
    .map(({ id, flag, revision }) => ({
      label: `Pause ${flag}`.slice(0, 80),
      style: 'primary',
      action: 'rollout-pause',
      args: [id, String(revision)],
    }));
}

const withButtons = (buttons: readonly CardButton[]): Pick<Card, 'buttons'> =>
  buttons.length === 0 ? {} : { buttons };

function codes(flags: readonly string[]): readonly ({ readonly code: string } | string)[] {
  return flags.flatMap((flag, at) => (at === 0 ? [{ code: flag }] : [', ', { code: flag }]));
}

function about({ version, environment }: WatchedFacts): readonly CardField[] {
  return [
    { name: 'Version', value: [{ code: version }], inline: true },
    { name: 'Environment', value: environment, inline: true },
  ];
}
