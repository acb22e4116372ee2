/** The buttons under notices of rollbacks, and the one that begins a rollback. */
import type { CardButton } from '../Card.js';

export type RollbackButtonName =
  'acknowledge' | 'pause' | 'resume' | 'cancel' | 'hurry' | 'validate' | 'show';

/** How each looks, in a notice and on the card. */
export const rollbackButtonLooks: Readonly<
  Record<RollbackButtonName, { readonly label: string; readonly style: CardButton['style'] }>
> = {
  acknowledge: { label: 'Acknowledge', style: 'secondary' },
  pause: { label: 'Pause', style: 'primary' },
  resume: { label: 'Resume', style: 'primary' },
  cancel: { label: 'Cancel', style: 'secondary' },
  hurry: { label: 'Now at once', style: 'danger' },
  validate: { label: 'Validate again', style: 'secondary' },
  show: { label: 'Show', style: 'secondary' },
};

export function rollbackCardButton(
  { id, revision }: { readonly id: string; readonly revision: number },
  name: RollbackButtonName,
): CardButton {
  return { ...rollbackButtonLooks[name], action: `rollback-${name}`, args: [id, String(revision)] };
}

/** The action of the button that begins one; `*` in the place of a flag stands for everything. */
export const rollbackAskAction = 'rollback-ask';

/** Stands on every card of a feature that is on for somebody. */
export function rollbackButton(flag: string): CardButton {
  return { label: 'Roll back', style: 'danger', action: rollbackAskAction, args: [flag] };
}
