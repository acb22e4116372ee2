/** What `/rollback snapshots` and `/rollback recover` show. */
import type { Card, CardField, Text } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import { count } from '../../core/count.js';
import type { Comparison } from '../../recovery/compare/Comparison.js';
import type { SetAside } from '../../recovery/damage/documents.js';
import type { RecoveryOutcome, RecoveryProposal } from '../../recovery/RecoveryRoom.js';
import type { SnapshotName, SnapshotReason } from '../../recovery/snapshots/names.js';
import type { SnapshotEntry } from '../../recovery/snapshots/SnapshotFolder.js';
import { pageButtons, pageOf, pageTitle } from '../pages.js';

/** The action of the page buttons. */
export const snapshotsAction = 'snapshots';
export const recoverAction = 'recover';
export const dontRecoverAction = 'recover-leave';
export const putBackAction = 'put-back';

const pageSize = 10;
/** Damaged documents with a button of their own. */
const mostDamaged = 5;
const longestKey = 60;

const why: Readonly<Record<SnapshotReason, string>> = {
  scheduled: 'on schedule',
  rollback: 'before a rollback',
  restore: 'before going back to another one',
  migration: 'before a migration',
  asked: 'by hand',
};

/** `2026-11-23 09:25 UTC, before a rollback (after change #105)`: where Discord draws no times, as in a list of choices. */
export function snapshotTitle({ at, why: reason, seq }: SnapshotName): string {
  const time = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `${time} UTC, ${why[reason]} (after change #${seq})`;
}

/** @param all newest first */
export function snapshotsCard(all: readonly SnapshotEntry[], wanted: number): Card {
  const page = pageOf(all, wanted, pageSize);
  return {
    tone: 'info',
    title: pageTitle(count(all.length, 'snapshot'), page),
    body:
      all.length === 0
        ? 'None was taken here yet. They are taken on schedule, and before every rollback.'
        : ['Look at what going back to one would change: ', { code: '/rollback recover' }, '.'],
    fields: page.items.map(({ name, at, seq, why: reason, bytes }) => ({
      name,
      value: [{ time: at, style: 'f' }, `, ${why[reason]}, after change #${seq}, ${size(bytes)}`],
    })),
    buttons: pageButtons(page, snapshotsAction, []),
  };
}

/** The dry run, with its button where it can be done. */
export function recoveryCard(proposal: RecoveryProposal, id: string, expiresAt: number): Card {
  const { snapshot, takenAt, comparison, obstacle, needsSecondPerson, notes } = proposal;
  return {
    tone: 'warn',
    title: 'Go back to this snapshot?',
    body: lines([
      'Nothing has changed yet.',
      ['Taken ', { time: takenAt, style: 'f' }, ': ', { code: snapshot }],
      ...(needsSecondPerson ? ['A second person has to agree before anything is changed.'] : []),
      ...notes,
      ...(obstacle === null ? [] : [[{ bold: 'It cannot be done now' }, `: ${obstacle}`] satisfies Text]),
    ]),
    fields: [
      ...comparisonFields(comparison),
      ...(obstacle === null
        ? [{ name: 'This question closes', value: [{ time: expiresAt, style: 'R' }] } satisfies CardField]
        : []),
    ],
    buttons:
      obstacle === null
        ? [
            {
              label: needsSecondPerson ? 'Ask for it' : 'Go back',
              style: 'danger',
              action: recoverAction,
              args: [id],
            },
            { label: 'Cancel', style: 'secondary', action: dontRecoverAction, args: [id] },
          ]
        : [],
  };
}

export function recoveredCard(outcome: RecoveryOutcome): Card {
  if (outcome.status === 'asked')
    return {
      tone: 'info',
      title: 'A second person is asked',
      body: [
        'Nothing has changed yet. Staff are told in #operations, and somebody with an approver role agrees there. The request lapses after a day.',
        { br: true },
        { code: outcome.request.snapshot },
      ],
    };
  const { snapshot, kept, comparison, seq } = outcome;
  return {
    tone: 'good',
    title: 'The state is back at the snapshot',
    body: [
      { code: snapshot },
      ` is in force everywhere, as change #${seq}. What there was before is kept in `,
      { code: kept },
      ': go back to that one where this was a mistake.',
    ],
    fields: comparisonFields(comparison),
  };
}

function comparisonFields({ kinds }: Comparison): readonly CardField[] {
  if (kinds.length === 0) return [{ name: 'Would change', value: 'Nothing: it is all the same.' }];
  return kinds.map(({ ns, lines: told, more, added, removed, changed }) => ({
    name: `${ns}: ${[counted(added, 'added'), counted(removed, 'removed'), counted(changed, 'changed')].filter(Boolean).join(', ')}`,
    value: lines([...told, ...(more > 0 ? [`and ${more.toLocaleString('en-US')} more`] : [])]),
  }));
}

const counted = (amount: number, word: string): string =>
  amount === 0 ? '' : `${amount.toLocaleString('en-US')} ${word}`;

/** Damaged documents, each with its last good version. */
export function damagedCard(damaged: readonly SetAside[], newest: SnapshotEntry | undefined): Card {
  const shown = damaged.slice(0, mostDamaged);
  return {
    tone: damaged.length === 0 ? 'good' : 'warn',
    title:
      damaged.length === 0
        ? 'No document is damaged'
        : `${count(damaged.length, 'damaged document')}, kept and not deleted`,
    body: [
      ...(newest === undefined
        ? ['There is no snapshot to go back to yet.']
        : [
            'To go back to a whole snapshot, name it; the newest is ',
            { code: newest.name } as const,
            ', of ',
            { time: newest.at, style: 'f' } as const,
            '.',
          ]),
      ...(damaged.length > shown.length
        ? [{ br: true } as const, `The first ${shown.length} are shown.`]
        : []),
    ],
    fields: shown.map(({ ns, key, problem, state, lastGood }) => ({
      name: `${ns}:${key}`,
      value: lines([
        problem,
        state === 'aside' ? 'It was set aside and counts as absent.' : 'It is left where it lies.',
        lastGood === null ? 'No good version of it was found.' : `Last good version: ${lastGood.from}.`,
      ]),
    })),
    buttons: shown
      .filter(({ lastGood }) => lastGood !== null)
      .map(({ id, ns, key }) => ({
        label: `Put back ${`${ns}:${key}`.slice(0, longestKey)}`,
        style: 'primary',
        action: putBackAction,
        args: [id],
      })),
  };
}

export function putBackCard({ ns, key, lastGood }: SetAside): Card {
  return {
    tone: 'good',
    title: `Put back: ${ns}:${key}`,
    body: `Its last good version${lastGood === null ? '' : `, from ${lastGood.from},`} is in force again.`,
  };
}

function size(bytes: number): string {
  if (bytes < 10_000) return `${bytes.toLocaleString('en-US')} bytes`;
  return bytes < 10_000_000 ? `${Math.round(bytes / 1000)} kB` : `${Math.round(bytes / 1_000_000)} MB`;
}
