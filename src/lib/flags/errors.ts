/** Why a question or a change about flags is refused. Each says what to do next. */
import { count } from '../core/count.js';
import { RolloutError } from '../core/RolloutError.js';
import type { Freeze } from './documents.js';
import { listed } from './words.js';

function nearest(names: readonly string[], otherwise: string): string {
  return names.length === 0 ? otherwise : `Did you mean ${listed(names).replace(' and ', ' or ')}?`;
}

export class UnknownFlag extends RolloutError {
  public readonly code = 'UNKNOWN_FLAG';

  public constructor(
    public readonly flag: string,
    public readonly suggestions: readonly string[] = [],
  ) {
    super(`No flag is called "${flag}".`, {
      next: nearest(suggestions, 'See /feature list for those that exist.'),
    });
  }
}

export class UnknownGuild extends RolloutError {
  public readonly code = 'UNKNOWN_GUILD';

  public constructor(
    public readonly guild: string,
    public readonly suggestions: readonly string[] = [],
  ) {
    super(`The bot is in no guild called "${guild}".`, {
      next: nearest(suggestions, 'Pick one from the list that appears while you type.'),
    });
  }
}

/** Several guilds bear the name. */
export class AmbiguousGuild extends RolloutError {
  public readonly code = 'AMBIGUOUS_GUILD';

  public constructor(
    public readonly guild: string,
    ids: readonly string[],
  ) {
    super(`${ids.length} guilds are called "${guild}".`, {
      next: `Use the id of the one you mean: ${listed(ids.slice(0, 5)).replace(' and ', ' or ')}.`,
    });
  }
}

export class UnknownCohort extends RolloutError {
  public readonly code = 'UNKNOWN_COHORT';

  public constructor(
    public readonly cohort: string,
    public readonly suggestions: readonly string[] = [],
  ) {
    super(`No cohort is called "${cohort}".`, {
      next: nearest(suggestions, 'See /cohort list for those that exist.'),
    });
  }
}

/** The name is taken, perhaps by an archived flag. */
export class DuplicateName extends RolloutError {
  public readonly code = 'DUPLICATE_NAME';
}

export class BadName extends RolloutError {
  public readonly code = 'BAD_NAME';

  public constructor(name: string) {
    super(`"${name}" cannot be a name.`, {
      next: 'Use 1 to 64 of a–z, 0–9, _ and -, beginning with a letter or a digit.',
    });
  }
}

/** A value that the field does not take. */
export class BadValue extends RolloutError {
  public readonly code = 'BAD_VALUE';
}

export class PrerequisiteCycle extends RolloutError {
  public readonly code = 'PREREQUISITE_CYCLE';

  public constructor(path: readonly string[]) {
    super(`That would be a circle: ${path.join(' → ')}.`, {
      next: 'A flag cannot require itself, not even by way of others. Leave one of them out.',
    });
  }
}

/** The rules of the room forbid it as things stand. */
export class NotNow extends RolloutError {
  public readonly code = 'NOT_NOW';
}

/** Nothing may be widened at the moment. */
export class Frozen extends RolloutError {
  public readonly code = 'FROZEN';

  public constructor(
    public readonly freeze: Freeze,
    guilds: number,
  ) {
    const until =
      freeze.until === null
        ? ''
        : ` until ${new Date(freeze.until).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    super(
      `It would turn something newly on for ${count(guilds, 'guild')}, and ${freeze.name} froze everything${until} (${freeze.reason}).`,
      {
        next: 'Wait for /freeze stop, or ask an admin to override it with a reason. Turning things off always works.',
      },
    );
  }
}

/** A rollout decides about this part of the flag while it runs. */
export class InRollout extends RolloutError {
  public readonly code = 'IN_ROLLOUT';

  public constructor(
    public readonly flag: string,
    public readonly rollout: string,
  ) {
    super(`A rollout of ${flag} is under way, and decides for whom it is on.`, {
      next: `See /rollout status, and use /rollout advance, pause, rollback or cancel. /feature kill, /feature disable and /rollback now always work.`,
      context: { rollout },
    });
  }
}

/** What the person confirmed is no longer what would happen. */
export class StaleConfirmation extends RolloutError {
  public readonly code = 'STALE_CONFIRMATION';

  public constructor(what: string) {
    super(`Nothing was changed, because this moved while you decided: ${what}.`, {
      next: 'Give the command again to see what it would do now.',
    });
  }
}

/** Two people changed the same thing; the other was first. */
export class ChangedMeanwhile extends RolloutError {
  public readonly code = 'CHANGED_MEANWHILE';

  public constructor(what: string, cause?: unknown) {
    super(`Nothing was changed, because someone was faster: ${what}.`, {
      next: 'Look at it as it is now, and give the command again if you still want your change.',
      cause,
    });
  }
}

/** What the entry changed is no longer as the entry left it. */
export class StaleUndo extends RolloutError {
  public readonly code = 'STALE_UNDO';

  public constructor(what: string) {
    super(`That cannot be undone any more: ${what}.`, {
      next: 'See /feature history for what happened since, and set it as you want it.',
    });
  }
}

export class UnknownEntry extends RolloutError {
  public readonly code = 'UNKNOWN_ENTRY';

  /** @param entry its id, such as `128-0` */
  public constructor(entry: string) {
    super(
      `The history has no entry #${entry.replace(/-0$/, '').replace('-', '.')} that could be used here.`,
      {
        next: 'See /feature history for the entries there are.',
      },
    );
  }
}

/** Flags have not been loaded yet: there is nothing to change. */
export class NotLoaded extends RolloutError {
  public readonly code = 'NOT_LOADED';

  public constructor() {
    super(
      'The flags have not been loaded from the state store yet. Nothing was changed, and nothing will be.',
      {
        next: 'Try again in a minute.',
      },
    );
  }
}
