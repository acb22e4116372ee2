/** What staff are told while a deployment is watched: what happened, why, what the system did, what a person should do. */
import type { CardButton, CardField, Text } from '../Card.js';
import type { ForMembers } from './members.js';
import { checkTitle } from './checkTitle.js';
import { rollbackAskAction, rollbackButton } from './rollbackButtons.js';
import { told, type Told } from './told.js';

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

/** The first word on a breach; what came of an action follows as {@link breachActed}. */
export function breachFound(facts: BreachFacts): Told {
  const { check, level, sentence, version } = facts;
  return told({
    tone: level === 'low' ? 'warn' : 'bad',
    title: `${checkTitle(check)} after deployment ${version}: ${level} risk`,
    why: [sentence],
    ...done(facts),
    fields: [...about(facts), ...(facts.wanted === 'tell' ? forMembersToo(facts) : [])],
    buttons: facts.action === 'ask' ? buttonsOf(facts) : [],
  });
}

export function breachActed(
  facts: BreachFacts,
  { isDone, outcome }: { readonly isDone: boolean; readonly outcome: string },
): Told {
  const { version, check } = facts;
  return told({
    tone: isDone ? 'info' : 'bad',
    title: isDone
      ? `${checkTitle(check)} after deployment ${version}: acted`
      : `${checkTitle(check)} after deployment ${version}: could not act`,
    why: [],
    did: [outcome, ...(isDone ? asked(facts) : [])],
    todo: isDone ? afterwards(facts) : byHand(facts),
    fields: [...about(facts), ...(isDone && facts.action === 'pause' ? forMembersToo(facts) : [])],
    buttons: isDone ? [] : buttonsOf(facts),
  });
}

function done(facts: BreachFacts): { readonly did: readonly Text[]; readonly todo: Text } {
  const { action, flags } = facts;
  switch (action) {
    case 'rollback':
      return facts.hasDriver === false
        ? {
            did: [
              'Every flag goes off at once. The new version goes on running: no driver is configured that could bring the one before back.',
            ],
            todo: 'Let your pipeline bring the version before back, and follow the card of the rollback in #operations.',
          }
        : {
            did: ['Every flag goes off at once, and the version before is brought back.'],
            todo: 'Follow its card in #operations, and do what it says.',
          };
    case 'gradual-rollback':
      return {
        did: [['Taken back gradually: ', ...codes(flags), '.']],
        todo: 'Look for the cause meanwhile, and tune what you find.',
      };
    case 'pause':
      return {
        did: [['Pausing: ', ...codes(flags), '. Who has it keeps it, and nobody else gets it.']],
        todo: 'Look for the cause; what came of the pause follows.',
      };
    case 'tell':
      return { did: ['Nothing is done by itself.', ...membersToldIn(facts)], todo: tellMembers(facts) };
    case 'ask':
      return { did: ['Nothing was done by itself: this is yours to decide.'], todo: byHand(facts) };
  }
}

function membersToldIn({ forMembers, usersChannel }: BreachFacts): readonly Text[] {
  if (forMembers === undefined) return ['Members notice nothing of it.'];
  return usersChannel === undefined ? [] : [['Members are told in ', { channel: usersChannel }, '.']];
}

function tellMembers({ forMembers, usersChannel }: BreachFacts): Text {
  if (forMembers === undefined) return 'Find out why before the next deployment.';
  if (usersChannel !== undefined) return 'Look what members answer, and find out why.';
  return [
    'Tell members where they notice it, in the words below. With ',
    { code: 'USERS_CHANNEL_ID' },
    ' the bot does that itself.',
  ];
}

/** After a pause: whoever has the feature knows best. */
function asked({ action, forMembers, usersChannel }: BreachFacts): readonly Text[] {
  if (action !== 'pause' || forMembers === undefined || usersChannel === undefined) return [];
  return [['Those who have it are asked in ', { channel: usersChannel }, ' to use /feedback and /report.']];
}

function afterwards({ action, forMembers, usersChannel }: BreachFacts): Text {
  if (action !== 'pause' || forMembers === undefined)
    return ['Look whether it helps: ', { code: '/deploy monitor' }, '.'];
  const first = usersChannel === undefined ? 'Ask those who have it, in the words below. ' : '';
  return [first, 'Read their answers in ', { code: '/rollout status' }, ', then resume it or roll it back.'];
}

/** What members read, or are to be told by staff where the bot does not tell them itself. */
function forMembersToo({ action, forMembers, usersChannel }: BreachFacts): readonly CardField[] {
  if (forMembers === undefined) return [];
  const isTold = usersChannel !== undefined && action !== 'ask';
  return [
    { name: isTold ? 'Members read' : 'For members', value: `${forMembers.title}. ${forMembers.body}` },
  ];
}

function byHand(facts: BreachFacts): Text {
  const { wanted, flags } = facts;
  const [flag] = flags;
  if (wanted === 'rollback') return ['Go back with ', { code: '/rollback now' }, ', or leave it as it is.'];
  if (wanted === 'tell')
    return 'Tell members where they notice it, in the words below, or leave it as it is.';
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

function codes(flags: readonly string[]): readonly ({ readonly code: string } | string)[] {
  return flags.flatMap((flag, at) => (at === 0 ? [{ code: flag }] : [', ', { code: flag }]));
}

function about({ version, environment }: WatchedFacts): readonly CardField[] {
  return [
    { name: 'Version', value: [{ code: version }], inline: true },
    { name: 'Environment', value: environment, inline: true },
  ];
}
