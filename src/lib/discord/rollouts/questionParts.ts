/** What the questions before a rollout widens have in common: whom it would reach, who else has to agree, until when they may be answered. */
import type { CardField, Text } from '../../alerts/Card.js';
import type { BlastRadius } from '../../flags/results.js';
import { reachFields } from '../changeCards.js';

/** @param secondPerson why one has to agree; nothing where nobody has to. @param expiresAt real time */
export function questionFields(
  blast: BlastRadius,
  secondPerson: Text | null,
  expiresAt: number,
): readonly CardField[] {
  return [
    ...reachFields(blast),
    ...(secondPerson === null ? [] : [{ name: 'Needs a second person', value: secondPerson }]),
    { name: 'This question closes', value: [{ time: expiresAt, style: 'R' }] },
  ];
}
