/** What staff hear when a release meets documents of another schema than its own. */
import type { Card, Text } from '../Card.js';
import { count, lines } from './facts.js';

const some = (documents: number, one: string, many: string): string =>
  `${count(documents, 'document')} ${documents === 1 ? one : many}`;

export interface StateMovedFacts {
  readonly release: string;
  readonly documents: number;
  /** The snapshot to go back to. */
  readonly kept: string;
  /** What the migrations do, in their own words. */
  readonly titles: readonly string[];
}

export function stateMoved({ release, documents, kept, titles }: StateMovedFacts): Card {
  return {
    tone: 'good',
    title: `The state was moved to the form that ${release} knows`,
    body: [
      `${some(documents, 'was', 'were')} moved, after all five checks had passed. What was there before is in `,
      { code: kept },
      '. Nothing to do now. Before an older release is deployed, run ',
      { code: 'npx rollouts migrate state apply --to …' },
      ' with this one: the older one cannot read them.',
    ],
    fields: [{ name: 'What changed', value: lines(titles) }],
  };
}

/** Nothing was changed; what this release cannot read is off until it is moved. */
export function stateNotMoved(release: string, problem: string, next: string | undefined): Card {
  return {
    tone: 'bad',
    title: `The state could not be moved to the form that ${release} knows`,
    body: [
      'Nothing was changed. Documents of the older form cannot be read by this release: what hangs on them is off. Deploy the release before it again, or mend what is named here; it is tried again every ten minutes.',
    ],
    fields: [
      { name: 'Why', value: problem },
      ...(next === undefined ? [] : [{ name: 'What to do', value: next }]),
    ],
  };
}

export interface NewerFact {
  readonly name: string;
  readonly schema: number;
}

export function stateIsNewer(release: string, documents: readonly NewerFact[]): Card {
  return {
    tone: 'bad',
    title: `${some(documents.length, 'is', 'are')} newer than ${release} in the state store`,
    body: [
      'A newer release wrote them. This one cannot read them, leaves them alone, and what hangs on them is off here. Start the newer release again, or run ',
      { code: 'npx rollouts migrate state apply --to …' },
      ' with it, which takes them back.',
    ],
    fields: [
      {
        name: 'Newer',
        value: lines(documents.map(({ name, schema }): Text => [{ code: name }, ` schema ${schema}`])),
      },
    ],
  };
}

/** Two programs at once cannot both read them: the older one goes first. */
export function stateWaits(release: string, documents: number, others: readonly string[]): Card {
  return {
    tone: 'warn',
    title: `${some(documents, 'waits', 'wait')} for another release to end`,
    body: `They are moved to the form that ${release} knows as soon as no process of ${others.join(', ')} lives: it could not read them any more. Nothing to do if it is about to end; else stop it.`,
  };
}

export function stateByHand(release: string, documents: number): Card {
  return {
    tone: 'warn',
    title: `${some(documents, 'is', 'are')} of an older form than ${release} knows`,
    body: [
      'deployments.yaml says that a person moves them. Until then they cannot be read, and what hangs on them is off. Look at them with ',
      { code: 'npx rollouts migrate state validate' },
      ', and move them with ',
      { code: 'npx rollouts migrate state apply' },
      '.',
    ],
  };
}
