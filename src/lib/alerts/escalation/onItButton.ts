import type { CardButton } from '../Card.js';

/** The action of the button under urgent notices. */
export const onItAction = 'on-it';

/** @param kind of the notice; at most 40 characters @param of what, where one message stands for several */
export function onItButton(kind: string, of = ''): CardButton {
  const label = of === '' ? 'Acknowledge' : `Acknowledge ${of}`;
  return { label, style: 'primary', action: onItAction, args: [kind] };
}

/** A rollback has a button of its own that does this, and more. */
export function acknowledges({ action }: Pick<CardButton, 'action'>): boolean {
  return action === onItAction || action.endsWith('-acknowledge');
}
