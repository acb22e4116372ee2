/** What staff are told of smoke tests that nobody watched. */
import { count } from '../../core/count.js';
import type { CardField, Text } from '../Card.js';
import { type Who, who } from './facts.js';
import { told, type Told } from './told.js';

export interface SmokeRunFacts {
  readonly id: string;
  /** `the suite smoke` */
  readonly what: string;
  readonly by: Who;
  readonly failed: readonly { readonly name: string; readonly sentence: string }[];
}

/** Something does not work. */
export function smokeFailed({ failed, ...facts }: SmokeRunFacts): Told {
  const names = failed.map(({ name }) => name);
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return told({
    tone: 'bad',
    title: `${count(failed.length, 'smoke test')} failed: ${names.slice(0, 3).join(', ')}${more}`,
    why: failed.map(({ name, sentence }): Text => [{ bold: name }, `: ${shorten(sentence)}`]),
    did: ['Each was tried once; nothing was changed by it.'],
    todo: ['Mend what is named above, then ', { code: '/smoke run' }, ' again.'],
    fields: signed(facts),
  });
}

/** What the schedule found wrong is well again. */
export function smokeWellAgain(facts: SmokeRunFacts): Told {
  return told({
    tone: 'good',
    title: 'Every smoke test passes again',
    why: ['What failed before was found well.'],
    did: [],
    todo: 'Nothing.',
    fields: signed(facts),
  });
}

/** The process was gone before the tests had ended. */
export function smokeLost(facts: SmokeRunFacts): Told {
  return told({
    tone: 'warn',
    title: `Nobody knows how ${facts.what} went`,
    why: ['The process that ran it was gone before its end.'],
    did: [],
    todo: ['Look at why it went, in its log, then ', { code: '/smoke run' }, ' again.'],
    fields: signed(facts),
  });
}

/** What a test says of itself may be long; the card shows all of it. */
function shorten(sentence: string): string {
  const longest = 300;
  return sentence.length > longest ? `${sentence.slice(0, longest)}…` : sentence;
}

function signed({ id, by, what }: Omit<SmokeRunFacts, 'failed'>): readonly CardField[] {
  return [
    { name: 'What', value: what, inline: true },
    { name: 'By', value: who(by), inline: true },
    { name: 'Run', value: [{ code: id }], inline: true },
  ];
}
