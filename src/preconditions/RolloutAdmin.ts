import { RightPrecondition } from './RightPrecondition.js';

/** Lets rollout admins pass, in the staff guild. */
export class RolloutAdmin extends RightPrecondition {
  protected override readonly need = 'admin';
}
