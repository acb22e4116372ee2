/** What people ask of a rollout by a command: who may, what the room is asked, what is answered. */
import { NotInThisState } from '../../rollouts/errors.js';
import type { RolloutAnswer, RolloutRequest, RolloutsRoom } from '../../rollouts/RolloutsRoom.js';
import type { Turn } from '../Turn.js';
import { unlessFrozen } from '../unlessFrozen.js';
import { tellOutcome } from './rolloutOutcome.js';

/** What is done at once where it may be done at all; advancing and cancelling ask back first. */
export type AskedAction = 'pause' | 'resume' | 'rollback';

export const askNeeds = { pause: 'narrow', resume: 'admin', rollback: 'narrow' } as const;

/** How each is said, before `the rollout of <flag>`. */
export const askTitles: Readonly<Record<AskedAction | 'acknowledge' | 'approve', string>> = {
  pause: 'Pause',
  resume: 'Resume',
  rollback: 'Roll back',
  acknowledge: 'Acknowledge',
  approve: 'Approve',
};

export function ask(
  room: RolloutsRoom,
  action: keyof typeof askTitles,
  rollout: string,
  request: RolloutRequest & { readonly asked?: number },
): Promise<RolloutAnswer> {
  return room[action](rollout, request);
}

export interface AskedWith {
  readonly reason?: string;
  /** What the person saw; refused as stale where it has moved on. */
  readonly revision?: number;
}

export async function askOfRollout(
  turn: Turn,
  action: AskedAction,
  rollout: string,
  asked: AskedWith,
): Promise<void> {
  turn.require(askNeeds[action]);
  const { flag } = await turn.house.rollouts.status(rollout);
  await unlessFrozen(turn, async (asker, override) => {
    const request = { by: asker.actor, ...asked, ...override };
    const outcome = await ask(asker.house.rollouts, action, rollout, request);
    await tellOutcome(asker, outcome, `${askTitles[action]} the rollout of ${flag}`);
  });
}

/** Throws where nobody could be a second person, and for whoever may be none. */
export function requireApprover(turn: Turn, breakGlass = false): void {
  const { approverRoleIds = [] } = turn.house.config.staff;
  if (approverRoleIds.length === 0) {
    throw new NotInThisState('Nobody has to approve anything here: APPROVER_ROLE_IDS names no role.', {
      next: 'A rollout that waits says on its card what for.',
    });
  }
  turn.require(breakGlass ? 'admin' : 'approve');
}

/** By a second person, with what was wrong. @param asked the request that the person saw */
export async function declineRollout(
  turn: Turn,
  rollout: string,
  reason: string,
  asked?: number,
): Promise<void> {
  requireApprover(turn);
  const { flag } = await turn.house.rollouts.status(rollout);
  const request = { by: turn.actor, reason, ...(asked !== undefined && { asked }) };
  const outcome = await turn.house.rollouts.decline(rollout, request);
  await tellOutcome(turn, outcome, `Decline the rollout of ${flag}`);
}

/** By a second person; with `breakGlass` by an admin alone. */
export async function approveRollout(
  turn: Turn,
  rollout: string,
  breakGlass: boolean,
  asked: AskedWith,
): Promise<void> {
  requireApprover(turn, breakGlass);
  const { flag } = await turn.house.rollouts.status(rollout);
  await unlessFrozen(turn, async (asker, override) => {
    const request = { by: asker.actor, ...asked, ...override, ...(breakGlass && { breakGlass }) };
    const outcome = await asker.house.rollouts.approve(rollout, request);
    await tellOutcome(asker, outcome, `Approve the rollout of ${flag}`);
  });
}
