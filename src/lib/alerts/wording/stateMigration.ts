/** What staff hear when a release meets documents of another schema than its own. */
import { count } from '../../core/count.js';
import type { Text } from '../Card.js';
import { lines } from './facts.js';
import { told, type Told } from './told.js';

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

export function stateMoved({ release, documents, kept, titles }: StateMovedFacts): Told {
  return told({
    tone: 'good',
    title: `The state was moved to the form that ${release} knows`,
    why: [],
    did: [
      [
        `${some(documents, 'was', 'were')} moved, after all five checks had passed. What was there before is in `,
        { code: kept },
        '.',
      ],
    ],
    todo: [
      'Nothing now. Before an older release is deployed, run ',
      { code: 'npx rollouts migrate state apply --to …' },
      ' with this one: the older one cannot read them.',
    ],
    fields: [{ name: 'What changed', value: lines(titles) }],
  });
}

/** Nothing was changed; what this release cannot read is off until it is moved. */
export function stateNotMoved(release: string, problem: string, next: string | undefined): Told {
  return told({
    tone: 'bad',
    title: `The state could not be moved to the form that ${release} knows`,
    why: ['Documents of the older form cannot be read by this release: what hangs on them is off.'],
    did: ['Nothing was changed. It is tried again every ten minutes.'],
    todo: 'Mend what is named below, or deploy the release before it again.',
    fields: [
      { name: 'Why', value: problem },
      ...(next === undefined ? [] : [{ name: 'What to mend', value: next }]),
    ],
  });
}

export interface NewerFact {
  readonly name: string;
  readonly schema: number;
}

export function stateIsNewer(release: string, documents: readonly NewerFact[]): Told {
  return told({
    tone: 'bad',
    title: `${some(documents.length, 'is', 'are')} newer than ${release} in the state store`,
    why: ['A newer release wrote them, and this one cannot read them.'],
    did: ['It leaves them alone; what hangs on them is off here.'],
    todo: [
      'Start the newer release again, or run ',
      { code: 'npx rollouts migrate state apply --to …' },
      ' with it, which takes them back.',
    ],
    fields: [
      {
        name: 'Newer',
        value: lines(documents.map(({ name, schema }): Text => [{ code: name }, ` schema ${schema}`])),
      },
    ],
  });
}

/** Two programs at once cannot both read them: the older one goes first. */
export function stateWaits(release: string, documents: number, others: readonly string[]): Told {
  return told({
    tone: 'warn',
    title: `${some(documents, 'waits', 'wait')} for another release to end`,
    why: [`A process of ${others.join(', ')} still lives: moved documents it could not read any more.`],
    did: [`They are moved to the form that ${release} knows as soon as it is gone.`],
    todo: 'Nothing if it is about to end; else stop it.',
  });
}

export function stateByHand(release: string, documents: number): Told {
  return told({
    tone: 'warn',
    title: `${some(documents, 'is', 'are')} of an older form than ${release} knows`,
    why: ['deployments.yaml says that a person moves them.'],
    did: ['Until then they cannot be read, and what hangs on them is off.'],
    todo: [
      'Look at them with ',
      { code: 'npx rollouts migrate state validate' },
      ', then move them with ',
      { code: 'npx rollouts migrate state apply' },
      '.',
    ],
  });
}
