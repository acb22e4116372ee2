/** The buttons of a rollback's card: what each may ask for, and of whom. */
import { ComponentType, type APIActionRowComponent, type APIButtonComponentWithCustomId } from 'discord.js';
import { rollbackButtonLooks, type RollbackButtonName } from '../../alerts/wording/rollbackButtons.js';
import type { RollbackDocument } from '../../rollbacks/documents.js';
import { isOver } from '../../rollbacks/transitions.js';
import { buttonStyles } from '../buttonStyles.js';
import { customId } from '../customIds.js';
import type { Need } from '../rights.js';

/** Cancelling gives guilds the feature again; everything else turns off, stops, or looks. */
export const rollbackButtonNeeds: Readonly<Record<RollbackButtonName, Need>> = {
  acknowledge: 'narrow',
  pause: 'narrow',
  resume: 'narrow',
  cancel: 'admin',
  hurry: 'narrow',
  validate: 'narrow',
  show: 'look',
};

const prefix = 'rollback-';

export const rollbackButtonActions = Object.keys(rollbackButtonLooks).map((name) => `${prefix}${name}`);

/** `rollback-pause` -> `pause`; undefined where it is another button. */
export function rollbackButtonOf(action: string): RollbackButtonName | undefined {
  const name = action.startsWith(prefix) ? action.slice(prefix.length) : '';
  return isName(name) ? name : undefined;
}

const isName = (name: string): name is RollbackButtonName => Object.hasOwn(rollbackButtonLooks, name);

type OfRollback = Pick<RollbackDocument, 'kind' | 'state' | 'acknowledged'>;

/** What can be asked for in this state; one that goes down batch by batch can be stopped, turned round, and made faster. */
export function offered(rollback: OfRollback): readonly RollbackButtonName[] {
  const isOpen = !isOver(rollback.state) && rollback.acknowledged === undefined;
  return [...(isOpen ? (['acknowledge'] as const) : []), ...forState(rollback)];
}

function forState({ kind, state }: OfRollback): readonly RollbackButtonName[] {
  if (kind === 'gradual' && state === 'running') return ['hurry', 'pause', 'cancel'];
  if (kind === 'gradual' && state === 'paused') return ['hurry', 'resume', 'cancel'];
  if (state === 'returning') return ['hurry'];
  return state === 'proving' || state === 'completed' ? ['validate'] : [];
}

/** One row, or none: what cannot be asked for is not there. */
export function rollbackButtons(
  rollback: OfRollback & Pick<RollbackDocument, 'id' | 'revision'>,
): APIActionRowComponent<APIButtonComponentWithCustomId> | undefined {
  const { id, revision } = rollback;
  const names = offered(rollback);
  if (names.length === 0) return undefined;
  return {
    type: ComponentType.ActionRow,
    components: names.map((name) => ({
      type: ComponentType.Button,
      label: rollbackButtonLooks[name].label,
      style: buttonStyles[rollbackButtonLooks[name].style],
      custom_id: customId(`${prefix}${name}`, [id, String(revision)]),
    })),
  };
}
