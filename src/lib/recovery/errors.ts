/** Why something that is asked of recovery is refused. Each says what to do next. */
import { RolloutError } from '../core/RolloutError.js';

export class UnknownSnapshot extends RolloutError {
  public readonly code = 'UNKNOWN_SNAPSHOT';

  public constructor(name: string, newest: string | undefined) {
    super(`There is no snapshot "${name}".`, {
      next:
        newest === undefined
          ? 'None has been taken here yet.'
          : `The newest is ${newest}; /rollback snapshots names all of them.`,
    });
  }
}

/** What was shown, or agreed to, is not what lies there now. */
export class OtherSnapshot extends RolloutError {
  public readonly code = 'OTHER_SNAPSHOT';

  public constructor(name: string) {
    super(`Nothing was changed: the file ${name} is not the one that was looked at.`, {
      next: 'Look at what it would change, and ask again.',
    });
  }
}

/** Nobody asks for a recovery that could be agreed to. */
export class NothingAsked extends RolloutError {
  public readonly code = 'NOTHING_ASKED';

  public constructor() {
    super('Nobody is asking to go back to a snapshot, or it was too long ago.', {
      next: 'Ask for it with /rollback recover.',
    });
  }
}

/** What is there now could not be kept, so it was not replaced. */
export class CannotKeep extends RolloutError {
  public readonly code = 'CANNOT_KEEP';
}

/** There is no such document set aside. */
export class UnknownDamage extends RolloutError {
  public readonly code = 'UNKNOWN_DAMAGE';

  public constructor(id: string) {
    super(`No document was set aside under "${id}".`, {
      next: 'Choose one of those that /rollback recover offers.',
    });
  }
}

/** The document that was set aside cannot be put back as it is asked. */
export class CannotPutBack extends RolloutError {
  public readonly code = 'CANNOT_PUT_BACK';
}

/** The database's own programs did not do what they were asked to. */
export class DatabaseFailed extends RolloutError {
  public readonly code = 'DATABASE_FAILED';
}
