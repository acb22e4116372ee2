/** What the person who asked something of a rollback is shown. */
import { count } from '../../core/count.js';
import type { Card, CardField, Text } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import { rollbackCardButton } from '../../alerts/wording/rollbackButtons.js';
import { affectedText, scopeOf, wayBack } from '../../alerts/wording/rollbackFacts.js';
import { stopwatch } from '../../alerts/wording/stopwatch.js';
import type { RollbackDocument } from '../../rollbacks/documents.js';
import type { RollbackProposal } from '../../rollbacks/RollbacksRoom.js';
import { headlineOf } from './headline.js';

/** The action of the answers to a dry run. */
export const beginAction = 'rollback-begin';
export const leaveAction = 'rollback-leave';

/** It is off, or on its way down. @param link to the card with every step, as soon as it is there */
export function begunCard(rollback: RollbackDocument, link?: Text): Card {
  const { kind, offAt, pressedAt, rollouts } = rollback;
  const off = offAt === null ? '' : `, after ${stopwatch(offAt - pressedAt)}`;
  return {
    tone: 'good',
    title:
      kind === 'gradual' && offAt === null
        ? `${scopeOf(rollback)} is being taken back, batch by batch`
        : `${scopeOf(rollback)} is off for everybody${off}`,
    body: lines([
      kind === 'drill'
        ? 'Only #operations is told: it is a drill. What remains is done by itself: you need not wait here.'
        : 'Staff and management are told. What remains is done by itself: you need not wait here.',
      ...(rollouts.length === 0 ? [] : [`${count(rollouts.length, 'rollout')} rolled back with it.`]),
      ...(kind === 'drill' ? [] : [wayBack(rollback)]),
    ]),
    fields: [
      { name: 'Had it on', value: affectedText(rollback), inline: true },
      ...placeFields(rollback, link),
    ],
  };
}

/** Two people pressed, or it was off already. */
export function unchangedRollbackCard(rollback: RollbackDocument, why: string, link?: Text): Card {
  return {
    tone: 'info',
    title: 'Nothing to change',
    body: lines([why, `${scopeOf(rollback)}: ${headlineOf(rollback)}.`]),
    fields: placeFields(rollback, link),
  };
}

/** One thing was asked of a rollback and done. */
export function askedCard(title: string, rollback: RollbackDocument, link?: Text): Card {
  return {
    tone: 'good',
    title,
    body: `${scopeOf(rollback)}: ${headlineOf(rollback)}.`,
    fields: placeFields(rollback, link),
  };
}

/** The store is away. */
export function hereOnlyCard(scope: string): Card {
  return {
    tone: 'bad',
    title: `${scope} is off in this process only`,
    body: lines([
      'The state store is away, so that the other processes do not know yet.',
      'It is tried again until the store is back, and then announced: this answer will say so. If this process ends before that, it is forgotten: press again then.',
      [
        'Should it take long, start the bot with ',
        { code: 'ROLLBACK_MODE=true' },
        ': every flag is off then, without the store.',
      ],
    ]),
  };
}

export function everywhereNowCard(rollback: RollbackDocument, link?: Text): Card {
  return { ...begunCard(rollback, link), title: `${scopeOf(rollback)} is off everywhere now` };
}

/** The dry run, with its button. */
export function proposalCard(proposal: RollbackProposal, id: string, expiresAt: number): Card {
  const { guilds, members, rollouts, batches, steps } = proposal;
  const isGradual = batches !== null;
  return {
    tone: 'warn',
    title: `Roll back ${proposal.flag ?? 'everything'}${isGradual ? ', batch by batch' : ' now'}?`,
    body: lines([
      'Nothing has changed yet.',
      isGradual
        ? `${count(batches.count, 'batch', 'batches')} of up to ${count(batches.size, 'guild')}, 30 s apart: ${howLong(batches)}. It can be paused, taken back, and made immediate.`
        : 'It is off for everybody at once.',
    ]),
    fields: [
      {
        name: 'Has it on',
        value: affectedText({ affected: { guilds, members } }),
        inline: true,
      },
      ...(rollouts.length === 0
        ? []
        : [{ name: 'Rollouts that end', value: rollouts.join(', '), inline: true }]),
      ...(steps.length === 0 ? [] : [{ name: 'Step by step', value: lines(steps) }]),
      { name: 'This question closes', value: [{ time: expiresAt, style: 'R' }] },
    ],
    buttons: [
      { label: isGradual ? 'Begin' : 'Roll back', style: 'danger', action: beginAction, args: [id] },
      { label: 'Cancel', style: 'secondary', action: leaveAction, args: [id] },
    ],
  };
}

/** A single batch takes no time: it is the first and the last. */
function howLong({ minutes }: { readonly minutes: number }): string {
  return minutes === 0 ? 'done at once' : `about ${count(Math.ceil(minutes), 'minute')}`;
}

/** Cancelling gives guilds the feature again, so it is asked once more. */
export function cancelQuestionCard(rollback: RollbackDocument): Card {
  const { descent, id, revision } = rollback;
  return {
    tone: 'warn',
    title: `Cancel the rollback of ${rollback.flag ?? 'everything'}?`,
    body: lines([
      'Nothing has changed yet.',
      `The ${count(descent?.off ?? 0, 'guild')} that lost it so far get it back, batch by batch, in reverse order.`,
    ]),
    buttons: [
      { ...rollbackCardButton({ id, revision }, 'cancel'), style: 'danger', action: cancelSureAction },
    ],
  };
}

/** The answer to "Cancel the rollback?". */
export const cancelSureAction = 'rollback-sure';

function placeFields({ id }: RollbackDocument, link: Text | undefined): readonly CardField[] {
  return [
    { name: 'Rollback', value: [{ code: id }], inline: true },
    { name: 'Every step', value: link ?? 'on its card in #operations, in a moment' },
  ];
}
