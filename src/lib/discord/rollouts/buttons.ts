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

/** What happens at the press; Decline opens a form first, and has a handler of its own. */
export type PressedButton = Exclude<RolloutButton, 'decline'>;

export const rolloutButtonNeeds: Readonly<Record<RolloutButton, Need>> = {
  ...askNeeds,
  acknowledge: 'narrow',
  advance: 'admin',
  approve: 'approve',
  decline: 'approve',
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
  decline: { label: 'Decline', style: ButtonStyle.Danger },
  cancel: { label: 'Cancel the rollout', style: ButtonStyle.Secondary },
  why: { label: 'Why?', style: ButtonStyle.Secondary },
};

type Style = APIButtonComponentWithCustomId['style'];

const isPressed = (name: string): name is PressedButton => Object.hasOwn(looks, name) && name !== 'decline';

/** What stands in the row of its own. */
const answers = ['approve', 'decline', 'cancel'] as const;

/** To one request of a second person: what else moved on does not matter. */
const isAnswer = (name: RolloutButton): boolean => name === 'approve' || name === 'decline';

/** `rollout-pause` -> `pause`; undefined where it is another button. */
export function rolloutButtonOf(action: string): PressedButton | undefined {
  const name = action.startsWith('rollout-') ? action.slice('rollout-'.length) : '';
  return isPressed(name) ? name : undefined;
}

export const declineAction = 'rollout-decline';

export const rolloutButtonActions = Object.keys(looks)
  .filter(isPressed)
  .map((name) => `rollout-${name}`);

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
    ...(can.includes('approve') ? [row(answers.map((name) => button(status, name)))] : []),
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
  custom_id: customId(`rollout-${name}`, [id, String(isAnswer(name) ? approval?.asked : revision)]),
  ...(name !== 'why' && !can.includes(name) && { disabled: true }),
});

const flagButton = (flag: string): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  ...looks.rollback,
  custom_id: customId(rollbackAskAction, [flag]),
});
