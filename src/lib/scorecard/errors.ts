import { RolloutError } from '../core/RolloutError.js';

/** There are no whole days to compare later ones with. */
export class NoDaysYet extends RolloutError {
  public readonly code = 'NO_DAYS_YET';

  public constructor(days: number) {
    super(`Only ${days} of the last seven days were measured; a baseline needs at least three.`, {
      next: 'Let the bot run for some days and ask again.',
    });
  }
}
