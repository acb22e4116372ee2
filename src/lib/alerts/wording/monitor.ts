/** What staff are told while a deployment is watched: what happened, why, what the system did, what a person should do. */
import type { Card, CardField, Text } from '../Card.js';
import { lines } from './facts.js';

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
export function breachFound(facts: BreachFacts): Card {
  const { check, level, sentence, version } = facts;
  return {
    tone: level === 'low' ? 'warn' : 'bad',
    title: `${checkTitle(check)} after deployment ${version}: ${level} risk`,
    body: lines([sentence, ...done(facts)]),
    fields: about(facts),
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
      isDone ? [{ code: '/deploy monitor' }, ' shows whether it helps.'] : byHand(facts),
    ]),
    fields: about(facts),
  };
}

function done(facts: BreachFacts): readonly Text[] {
  const { action, flags } = facts;
  switch (action) {
    case 'rollback':
      return ['The version before is brought back at once.', 'Follow its card in #operations.'];
    case 'gradual-rollback':
      return [
        ['Taken back gradually: ', ...codes(flags), '.'],
        'Look for what is slow, and tune it meanwhile.',
      ];
    case 'pause':
      return [
        ['Paused: ', ...codes(flags), '.'],
        'Ask the guilds that have it what they see, then resume or roll back.',
      ];
    case 'tell':
      return ['Nothing was done by itself.', 'Tell users where they notice it, and write it down.'];
    case 'ask':
      return ['Nothing was done by itself: this is yours to decide.', byHand(facts)];
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
