import { RolloutError } from '../../core/RolloutError.js';

/** A person said this already; nothing was counted. */
export class TooOften extends RolloutError {
  public readonly code = 'TOO_OFTEN';

  /** @param again real time, ms since epoch */
  public constructor(
    message: string,
    public readonly again: number,
  ) {
    super(message, { next: `You can again at ${new Date(again).toISOString().slice(11, 16)} UTC.` });
  }
}
