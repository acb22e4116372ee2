/** What staff hear about snapshots, going back to one, and documents that were damaged. */
import { count } from '../../core/count.js';
import type { CardField } from '../Card.js';
import { lines, type Who, who } from './facts.js';
import { told, type Told } from './told.js';

export function snapshotFailed(problem: string, next: string | undefined): Told {
  return told({
    tone: 'bad',
    title: 'No snapshot of the state could be taken',
    why: [problem],
    did: ['It is tried again every ten minutes; until then the newest snapshot grows older.'],
    todo: next ?? 'Look into the log, and at the disk that snapshots are written to.',
  });
}

export function snapshotsGoOn(name: string): Told {
  return told({
    tone: 'good',
    title: 'Snapshots are taken again',
    why: [],
    did: [['The newest is ', { code: name }, '.']],
    todo: 'Nothing.',
  });
}

export interface RecoveryFacts {
  readonly by: Who;
  readonly reason: string;
  readonly snapshot: string;
  /** What would change, or did; a line each. */
  readonly changes: readonly string[];
}

/** A second person has to agree before the state goes back. */
export function recoveryAsked(facts: RecoveryFacts, request: string): Told {
  return told({
    tone: 'warn',
    title: 'Someone asks to go back to a snapshot',
    why: ['It needs a second person, since everything that was set since the snapshot would be undone.'],
    did: ['Nothing has been changed.'],
    todo: 'Look at what would change first, then agree or refuse.',
    fields: fieldsOf(facts, 'Would change'),
    buttons: [
      { label: 'Agree', style: 'danger', action: 'recovery-agree', args: [request] },
      { label: 'Refuse', style: 'secondary', action: 'recovery-refuse', args: [request] },
    ],
  });
}

export function recoveryRefused(by: Who, facts: RecoveryFacts): Told {
  return told({
    tone: 'info',
    title: 'The state does not go back to the snapshot',
    why: [['Refused by ', ...part(by), '.']],
    did: ['Nothing was changed.'],
    todo: 'Nothing.',
    fields: fieldsOf({ ...facts, changes: [] }, ''),
  });
}

export interface RecoveredFacts extends RecoveryFacts {
  /** The second person; undefined where none was asked for. */
  readonly agreed: Who | undefined;
  readonly isBreakGlass: boolean;
  /** File in which what there was before is kept. */
  readonly kept: string;
  /** Everything is off by the switch, which no snapshot turns on again. */
  readonly staysOff: boolean;
}

export function recovered(facts: RecoveredFacts): Told {
  const alone = facts.isBreakGlass ? ' The glass was broken: nobody else agreed.' : '';
  return told({
    tone: facts.isBreakGlass ? 'bad' : 'warn',
    title: 'The state went back to a snapshot',
    why: [],
    did: [
      [
        `Flags, cohorts, guilds' own settings and rollouts are as they were then. Audit, notices and rollbacks are kept.${alone} What there was before is in `,
        { code: facts.kept },
        '.',
      ],
      ...(facts.staysOff ? ['Everything was off by the kill switch, and stays off.'] : []),
    ],
    todo: facts.staysOff
      ? [
          'Look at what changed; once all is well, ',
          { code: '/feature unkill everything:True' },
          ' turns everything on again.',
        ]
      : 'Look at what changed, and set again what is still wanted.',
    fields: [
      ...fieldsOf(facts, 'Changed'),
      ...(facts.agreed === undefined ? [] : [{ name: 'Agreed', value: who(facts.agreed), inline: true }]),
    ],
  });
}

export interface DamagedFact {
  readonly ns: string;
  readonly key: string;
  readonly problem: string;
  /** Where its last good version was found, in words; undefined: nowhere. */
  readonly lastGood: string | undefined;
}

/** `isAside`: moved out of the way; else left where it is, since its absence might turn something on. */
export function documentDamaged(fact: DamagedFact, id: string, isAside: boolean): Told {
  const name = `${fact.ns}:${fact.key}`;
  return told({
    tone: 'bad',
    title: `A document in the state store is damaged: ${name}`,
    why: [],
    did: [
      isAside
        ? 'It was set aside, not deleted, and counts as absent: a flag is off until it is put back. Everything else works.'
        : 'It is left where it is, since without it something might be turned on; changes to it are refused. Everything else works.',
    ],
    todo:
      fact.lastGood === undefined
        ? 'Set it up anew, or look for an older snapshot.'
        : 'Look at the last good version, and put it back.',
    fields: [
      { name: 'What is wrong', value: fact.problem },
      {
        name: 'Last good version',
        value: fact.lastGood ?? 'None was found in the audit or in the newest snapshots.',
      },
    ],
    buttons:
      fact.lastGood === undefined
        ? []
        : [{ label: 'Put the last good version back', style: 'primary', action: 'put-back', args: [id] }],
  });
}

/** Many at once are one message. */
export function documentsDamaged(facts: readonly DamagedFact[]): Told {
  return told({
    tone: 'bad',
    title: `${count(facts.length, 'document')} in the state store are damaged`,
    why: [],
    did: ['They are kept, not deleted. Everything else works.'],
    todo: [
      { code: '/rollback recover' },
      ' offers the last good version of each; where so many are damaged, going back to a snapshot may be quicker.',
    ],
    fields: [
      {
        name: 'Damaged',
        value: lines(facts.map(({ ns, key, problem }) => [{ code: `${ns}:${key}` }, ` ${problem}`])),
      },
    ],
  });
}

export function documentPutBack(by: Who, name: string, from: string): Told {
  return told({
    tone: 'good',
    title: `Put back: ${name}`,
    why: [],
    did: [['Its last good version, from ', from, ', is in force again. By ', ...part(by), '.']],
    todo: 'Nothing.',
  });
}

function fieldsOf({ by, reason, snapshot, changes }: RecoveryFacts, what: string): readonly CardField[] {
  return [
    { name: 'Snapshot', value: [{ code: snapshot }] },
    ...(changes.length === 0 ? [] : [{ name: what, value: lines(changes) }]),
    { name: 'Asked by', value: who(by), inline: true },
    { name: 'Reason', value: reason, inline: true },
  ];
}

function part(person: Who): readonly (string | { readonly user: string })[] {
  return /^\d+$/.test(person.id) ? [{ user: person.id }] : [person.name];
}
