/** The buttons of a rollout: what each may ask for, and of whom. Each carries the revision that its card shows. */
import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
} from 'discord.js';
import type { RolloutAction, RolloutStatus } from '../../rollouts/RolloutStatus.js';
import { rollbackAskAction } from '../../alerts/wording/rollbackButtons.js';
import { customId } from '../customIds.js';
import type { Need } from '../rights.js';
import { askNeeds } from './askOfRollout.js';

/** What can be pressed; the words after `rollouts:` in the custom id, with `rollout-` before them. */
export type RolloutButton =
  Extract<RolloutAction, 'acknowledge' | 'pause' | 'resume' | 'advance' | 'rollback'> | 'why';

export const rolloutButtonNeeds: Readonly<Record<RolloutButton, Need>> = {
  ...askNeeds,
  acknowledge: 'narrow',
  why: 'look',
};

const looks: Readonly<Record<RolloutButton, { readonly label: string; readonly style: Style }>> = {
  acknowledge: { label: 'Acknowledge', style: ButtonStyle.Secondary },
  pause: { label: 'Pause', style: ButtonStyle.Primary },
  resume: { label: 'Resume', style: ButtonStyle.Success },
  advance: { label: 'Advance', style: ButtonStyle.Secondary },
  rollback: { label: 'Roll back', style: ButtonStyle.Danger },
  why: { label: 'Why?', style: ButtonStyle.Secondary },
};

type Style = APIButtonComponentWithCustomId['style'];

const isButton = (name: string): name is RolloutButton => Object.hasOwn(looks, name);

/** `rollout-pause` -> `pause`; undefined where it is another button. */
export function rolloutButtonOf(action: string): RolloutButton | undefined {
  const name = action.startsWith('rollout-') ? action.slice('rollout-'.length) : '';
  return isButton(name) ? name : undefined;
}

export const rolloutButtonActions = Object.keys(looks).map((name) => `rollout-${name}`);

/** One row. What cannot be asked for in this state stands there, greyed out, so that nothing moves under a finger. */
export function rolloutButtons(
  status: Pick<RolloutStatus, 'id' | 'revision' | 'can' | 'ended' | 'flag'>,
): APIActionRowComponent<APIButtonComponentWithCustomId> {
  const { can, ended, flag } = status;
  const shown: readonly RolloutButton[] =
    ended !== null
      ? ['why']
      : ['acknowledge', can.includes('resume') ? 'resume' : 'pause', 'advance', 'rollback', 'why'];
  return {
    type: ComponentType.ActionRow,
    components: [
      // The rollout cannot be asked for it any more; its flag can.
      ...(ended !== null && ended.how !== 'rolled-back' ? [flagButton(flag)] : []),
      ...shown.map((name) => ({
        type: ComponentType.Button as const,
        ...looks[name],
        custom_id: customId(`rollout-${name}`, [status.id, String(status.revision)]),
        ...(name !== 'why' && !can.includes(name) && { disabled: true }),
      })),
    ],
  };
}

const flagButton = (flag: string): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  ...looks.rollback,
  custom_id: customId(rollbackAskAction, [flag]),
});
