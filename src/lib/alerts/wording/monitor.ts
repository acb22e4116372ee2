/** What staff are told while a deployment is watched: what happened, why, what the system did, what a person should do. */
import type { CardField, Text } from '../Card.js';
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
export function breachFound(facts: BreachFacts): Told {
  const { check, level, sentence, version } = facts;
  return told({
    tone: level === 'low' ? 'warn' : 'bad',
    title: `${checkTitle(check)} after deployment ${version}: ${level} risk`,
    why: [sentence],
    ...done(facts),
    fields: about(facts),
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
    did: [outcome],
    todo: isDone ? ['Look whether it helps: ', { code: '/deploy monitor' }, '.'] : byHand(facts),
    fields: about(facts),
  });
}

function done(facts: BreachFacts): { readonly did: readonly Text[]; readonly todo: Text } {
  const { action, flags } = facts;
  switch (action) {
    case 'rollback':
      return {
        did: ['The version before is brought back at once.'],
        todo: 'Follow its card in #operations, and do what it says.',
      };
    case 'gradual-rollback':
      return {
        did: [['Taken back gradually: ', ...codes(flags), '.']],
        todo: 'Look for what is slow, and tune it meanwhile.',
      };
    case 'pause':
      return {
        did: [['Paused: ', ...codes(flags), '.']],
        todo: 'Ask the guilds that have it what they see, then resume or roll back.',
      };
    case 'tell':
      return {
        did: ['Nothing was done by itself.'],
        todo: 'Tell users where they notice it, and write it down.',
      };
    case 'ask':
      return { did: ['Nothing was done by itself: this is yours to decide.'], todo: byHand(facts) };
  }
}

function byHand({ wanted, flags }: BreachFacts): Text {
  const [flag] = flags;
  if (wanted === 'rollback') return ['Go back with ', { code: '/rollback now' }, ', or leave it as it is.'];
  if (flag === undefined) {
    return ['No rollout is under way. Tune it, or go back with ', { code: '/rollback now' }, '.'];
  }
  return wanted === 'gradual-rollback'
    ? ['Take it back with ', { code: `/rollback gradual feature:${flag}` }, ', or tune it.']
    : ['Pause it on the card of ', { code: flag }, ' in #operations, or leave it as it is.'];
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
