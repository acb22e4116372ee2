/** What the person who asked for a change is shown at each step of it. */
import { count } from '../core/count.js';
import type { Card, CardField, Text } from '../alerts/Card.js';
import { beforeAfter, lines } from '../alerts/wording/facts.js';
import type { BlastRadius, Proposal, Settled } from '../flags/results.js';
import { showEntry } from './entryNumber.js';

export function doneCard(proposal: Proposal, entry: string): Card {
  return {
    tone: 'good',
    title: proposal.title,
    ...(proposal.notes.length > 0 && { body: lines(proposal.notes) }),
    fields: [
      ...differences(proposal),
      ...reachFields(proposal.blast),
      { name: 'Entry', value: [{ code: showEntry(entry) }], inline: true },
    ],
  };
}

export function unchangedCard(proposal: Proposal): Card {
  return {
    tone: 'info',
    title: 'Nothing to change',
    body: lines([`It is already so: ${proposal.title}.`, ...proposal.notes]),
  };
}

/** Asks for a confirmation, with everything that a person needs to decide. `expiresAt`: real time, ms since epoch. */
export function confirmCard(proposal: Proposal, id: string, expiresAt: number): Card {
  return {
    tone: 'warn',
    title: `${proposal.title}?`,
    body: lines(['Nothing has changed yet.', ...proposal.notes]),
    fields: [
      ...differences(proposal),
      ...reachFields(proposal.blast),
      ...(proposal.reason === undefined ? [] : [{ name: 'Reason', value: proposal.reason }]),
      { name: 'This question closes', value: [{ time: expiresAt, style: 'R' }] },
    ],
    buttons: [
      { label: 'Confirm', style: 'danger', action: 'confirm', args: [id] },
      { label: 'Cancel', style: 'secondary', action: 'cancel', args: [id] },
    ],
  };
}

export function cancelledCard(proposal: Pick<Proposal, 'title'>): Card {
  return { tone: 'info', title: 'Cancelled', body: `Nothing was changed: ${proposal.title}.` };
}

export function checkingCard(proposal: Pick<Proposal, 'title'>): Card {
  return {
    tone: 'warn',
    title: 'Checking…',
    body: [
      `The state store fell silent in the middle of this: ${proposal.title}.`,
      { br: true },
      'This answer will say within seconds whether it happened. Do not run the command again before that.',
    ],
  };
}

/** What became of a change whose commit went unanswered, where it was not done. */
export function notDoneCard(
  proposal: Pick<Proposal, 'title'>,
  settled: Exclude<Settled, { status: 'done' }>,
): Card {
  return {
    tone: 'bad',
    title: settled.status === 'refused' ? 'Nothing was changed' : 'Not known whether it happened',
    body: lines([settled.message, `Asked for: ${proposal.title}.`]),
  };
}

function differences(proposal: Proposal): readonly CardField[] {
  return proposal.differences.length === 0
    ? []
    : [{ name: 'Before → after', value: beforeAfter(proposal.differences) }];
}

/** The blast radius in words; nothing where no guild notices. */
export function reachFields(blast: BlastRadius): readonly CardField[] {
  const fields: CardField[] = [];
  if (blast.guilds > 0) {
    const share = blast.outOf === 0 ? '' : ` (${percent(blast.guilds / blast.outOf)})`;
    fields.push({
      name: 'Newly on for',
      value: `${blast.guilds.toLocaleString('en-US')} of ${count(blast.outOf, 'guild')}${share} with ${count(blast.members, 'member')}`,
      inline: true,
    });
  }
  if (blast.guildsOff > 0)
    fields.push({
      name: 'Newly off for',
      value: `${blast.guildsOff.toLocaleString('en-US')} of ${count(blast.outOf, 'guild')}`,
      inline: true,
    });
  if (blast.byFlag.length > 1) fields.push({ name: 'By flag', value: lines(blast.byFlag.map(perFlag)) });
  return fields;
}

function perFlag({ flag, on, off }: BlastRadius['byFlag'][number]): Text {
  return [
    { bold: flag },
    `: ${[on > 0 ? `${on} on` : '', off > 0 ? `${off} off` : ''].filter(Boolean).join(', ')}`,
  ];
}

/** One decimal below ten percent, since 0.4 % is not 0 %. */
function percent(share: number): string {
  const value = share * 100;
  return `${value >= 10 || Number.isInteger(value) ? Math.round(value) : Math.max(0.1, Math.round(value * 10) / 10)} %`;
}
