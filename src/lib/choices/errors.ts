import { RolloutError } from '../core/RolloutError.js';

/** A call of `choose` that makes no sense: a mistake in the host's code. */
export class BadChoice extends RolloutError {
  public readonly code = 'BAD_CHOICE';
}
