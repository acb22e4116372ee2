/** What a {@link Store} call can end in, beside a value. */
import { RolloutError, type RolloutErrorOptions } from '../core/RolloutError.js';
import type { Namespace, StoredDocument } from './Store.js';

/** A document is not at the version the commit expected; carries it as it stands. */
export class Conflict extends RolloutError {
  public readonly code = 'CONFLICT';

  public constructor(
    public readonly ns: Namespace,
    public readonly key: string,
    public readonly current: StoredDocument | null,
  ) {
    super(`Someone else changed "${key}" at the same moment.`, {
      next: 'Look at it as it is now, and try again if you still want your change.',
      context: { ns, key, v: current?.v ?? 0 },
    });
  }
}

/** The state is no longer at the commit that a restore was decided at: nothing was changed. */
export class Moved extends RolloutError {
  public readonly code = 'MOVED';

  public constructor() {
    super('The state changed while it was about to be replaced; nothing was changed.', {
      next: 'Look at what would change now, and ask again.',
    });
  }
}

/** The commit carried the token of a lease that another process holds by now. */
export class Fenced extends RolloutError {
  public readonly code = 'FENCED';
}

/**
 * The store did not answer. `outcome: 'none'` means nothing happened and nothing will; `'unknown'` means that the commit
 * may still land until its `notAfter`.
 */
export class Unavailable extends RolloutError {
  public readonly code = 'UNAVAILABLE';

  public constructor(
    message: string,
    public readonly outcome: 'none' | 'unknown',
    options: RolloutErrorOptions = {},
  ) {
    super(message, { next: 'Flags keep their last value meanwhile. Try again in a minute.', ...options });
  }
}

/** The commit reached the store past its deadline: it did not happen and will not. */
export class TooLate extends RolloutError {
  public readonly code = 'TOO_LATE';
}

/** A document or a commit is larger than the store takes. */
export class TooLarge extends RolloutError {
  public readonly code = 'TOO_LARGE';
}

/** Something in the store is not what this program writes there; it is left alone. */
export class Damaged extends RolloutError {
  public readonly code = 'DAMAGED';
}

/** Embedded state cannot live on a network disk. */
export class NetworkDisk extends RolloutError {
  public readonly code = 'NETWORK_DISK';
}

/** A snapshot (a file, or its content) cannot be taken back; the message says why. */
export class BadSnapshot extends RolloutError {
  public readonly code = 'BAD_SNAPSHOT';
}

/** The disk is full, or refuses: no snapshot was written, and nothing of it is left. */
export class SnapshotNotWritten extends RolloutError {
  public readonly code = 'SNAPSHOT_NOT_WRITTEN';
}

/** REDIS_URL is none of the forms that are understood. */
export class BadRedisUrl extends RolloutError {
  public readonly code = 'BAD_REDIS_URL';
}
