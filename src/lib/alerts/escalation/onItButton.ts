import type { CardButton } from '../Card.js';

/** The action of the button under urgent notices. */
export const onItAction = 'on-it';

/** @param kind of the notice; at most 40 characters */
export function onItButton(kind: string): CardButton {
  return { label: 'Acknowledge', style: 'primary', action: onItAction, args: [kind] };
}
