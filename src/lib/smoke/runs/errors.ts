import { RolloutError } from '../../core/RolloutError.js';

export class UnknownSmoke extends RolloutError {
  public readonly code = 'UNKNOWN_SMOKE';

  public constructor(what: string, there: readonly string[]) {
    super(`There is no ${what}.`, {
      next: there.length === 0 ? 'There are none at all.' : `There are: ${there.join(', ')}.`,
    });
  }
}
