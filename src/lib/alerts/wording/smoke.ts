/** What staff are told of smoke tests that nobody watched. */
import type { Card, Text } from '../Card.js';
import { count, lines, type Who, who } from './facts.js';

export interface SmokeRunFacts {
  readonly id: string;
  /** `the suite smoke` */
  readonly what: string;
  readonly by: Who;
  readonly failed: readonly { readonly name: string; readonly sentence: string }[];
}

/** Something does not work. */
export function smokeFailed({ failed, ...facts }: SmokeRunFacts): Card {
  const names = failed.map(({ name }) => name);
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return {
    tone: 'bad',
    title: `${count(failed.length, 'smoke test')} failed: ${names.slice(0, 3).join(', ')}${more}`,
    body: lines([
      ...failed.map(({ name, sentence }): Text => [{ bold: name }, `: ${sentence.slice(0, 300)}`]),
      'Each was tried once; nothing was changed by it.',
      ['Mend what is named above, then ', { code: '/smoke run' }, ' again.'],
    ]),
    fields: signed(facts),
  };
}

/** What the schedule found wrong is well again. */
export function smokeWellAgain(facts: SmokeRunFacts): Card {
  return {
    tone: 'good',
    title: 'Every smoke test passes again',
    body: 'What failed before was found well. Nothing to do.',
    fields: signed(facts),
  };
}

/** The process was gone before the tests had ended. */
export function smokeLost(facts: SmokeRunFacts): Card {
  return {
    tone: 'warn',
    title: `Nobody knows how ${facts.what} went`,
    body: lines([
      'The process that ran it was gone before its end.',
      ['Look at why it went, in its log, then ', { code: '/smoke run' }, ' again.'],
    ]),
    fields: signed(facts),
  };
}

function signed({ id, by, what }: Omit<SmokeRunFacts, 'failed'>): Card['fields'] {
  return [
    { name: 'What', value: what, inline: true },
    { name: 'By', value: who(by), inline: true },
    { name: 'Run', value: [{ code: id }], inline: true },
  ];
}
