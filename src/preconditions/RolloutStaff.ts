import { RightPrecondition } from './RightPrecondition.js';

/** Lets rollout admins, staff and on-call pass, in the staff guild. */
export class RolloutStaff extends RightPrecondition {
  protected override readonly need = 'look';
}
