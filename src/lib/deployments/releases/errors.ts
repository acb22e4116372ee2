import { RolloutError } from '../../core/RolloutError.js';
import type { ProcessPresence } from '../../presence/PresenceRoom.js';

/** A handover did not come to its end in time; it goes on as soon as nobody is waited for. */
export class HandoverFailed extends RolloutError {
  public readonly code = 'HANDOVER_FAILED';

  public constructor(
    to: string,
    public readonly silent: readonly ProcessPresence[],
    cause?: unknown,
  ) {
    const names = silent.map(({ process, release }) => `${process} (${release})`).join(', ');
    super(
      silent.length === 0
        ? `The handover to ${to} was not finished in time.`
        : `The handover to ${to} waits for ${names}: ${silent.length === 1 ? 'it lives' : 'they live'}, but did not acknowledge.`,
      {
        next:
          silent.length === 0
            ? 'It goes on by itself. If it does not, see whether the state store answers.'
            : 'Stop that process: the handover goes on by itself 30 s after it was heard last.',
        context: { to, silent: silent.map(({ process }) => process) },
        cause,
      },
    );
  }
}
