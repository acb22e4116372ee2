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
export type RolloutButton = RolloutAction | 'why';

export const rolloutButtonNeeds: Readonly<Record<RolloutButton, Need>> = {
  ...askNeeds,
  acknowledge: 'narrow',
  advance: 'admin',
  approve: 'approve',
  cancel: 'admin',
  why: 'look',
};

const looks: Readonly<Record<RolloutButton, { readonly label: string; readonly style: Style }>> = {
  acknowledge: { label: 'Acknowledge', style: ButtonStyle.Secondary },
  pause: { label: 'Pause', style: ButtonStyle.Primary },
  resume: { label: 'Resume', style: ButtonStyle.Success },
  advance: { label: 'Advance', style: ButtonStyle.Secondary },
  rollback: { label: 'Roll back', style: ButtonStyle.Danger },
  approve: { label: 'Approve', style: ButtonStyle.Success },
  cancel: { label: 'Cancel the rollout', style: ButtonStyle.Secondary },
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

type Row = APIActionRowComponent<APIButtonComponentWithCustomId>;
type Shown = Pick<RolloutStatus, 'id' | 'revision' | 'can' | 'ended' | 'flag' | 'approval'>;

/**
 * One row. What cannot be asked for in this state stands there, greyed out, so that nothing moves under a finger. While a second
 * person is waited for, what they may answer stands in a row of its own.
 */
export function rolloutButtons(status: Shown): readonly Row[] {
  const { can, ended, flag } = status;
  if (ended !== null) {
    // The rollout cannot be asked for it any more; its flag can.
    const again = ended.how === 'rolled-back' ? [] : [flagButton(flag)];
    return [row([...again, button(status, 'why')])];
  }
  const names = [
    'acknowledge',
    can.includes('resume') ? 'resume' : 'pause',
    'advance',
    'rollback',
    'why',
  ] as const;
  return [
    row(names.map((name) => button(status, name))),
    ...(can.includes('approve') ? [row([button(status, 'approve'), button(status, 'cancel')])] : []),
  ];
}

const row = (components: APIButtonComponentWithCustomId[]): Row => ({
  type: ComponentType.ActionRow,
  components,
});

const button = (
  { id, revision, can, approval }: Shown,
  name: RolloutButton,
): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  ...looks[name],
  custom_id: customId(`rollout-${name}`, [id, String(name === 'approve' ? approval?.asked : revision)]),
  ...(name !== 'why' && !can.includes(name) && { disabled: true }),
});

const flagButton = (flag: string): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  ...looks.rollback,
  custom_id: customId(rollbackAskAction, [flag]),
});
