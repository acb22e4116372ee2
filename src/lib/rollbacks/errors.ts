/** Why something that is asked of a rollback is refused. Each says what to do next. */
import { RolloutError } from '../core/RolloutError.js';
import { listed } from '../flags/words.js';

export class UnknownRollback extends RolloutError {
  public readonly code = 'UNKNOWN_ROLLBACK';

  public constructor(rollback: string, suggestions: readonly string[] = []) {
    super(`There is no rollback "${rollback}", and nothing of that name was rolled back.`, {
      next:
        suggestions.length === 0
          ? 'See /rollback history for those there are.'
          : `Did you mean ${listed(suggestions).replace(' and ', ' or ')}?`,
    });
  }
}

/** What the person saw is no longer so. */
export class StaleRollback extends RolloutError {
  public readonly code = 'STALE_ROLLBACK';

  public constructor(what: string) {
    super(`Nothing was changed, because the rollback has moved on: ${what}`, {
      next: 'Look at it as it is now, and ask again if you still want to.',
    });
  }
}

/** There is nothing to take back from anybody. */
export class AlreadyOff extends RolloutError {
  public readonly code = 'ALREADY_OFF';
}

/** A rollback that was off in one process alone was taken back before the store had it. */
export class TakenBack extends RolloutError {
  public readonly code = 'TAKEN_BACK';
}
