import { RolloutError, type RolloutErrorOptions } from '../../core/RolloutError.js';

/** `deployment-gate.yaml` or its baseline cannot be followed: nothing was run. */
export class GateFileWrong extends RolloutError {
  public readonly code = 'GATE_FILE_WRONG';

  public constructor(message: string, options: RolloutErrorOptions = {}) {
    super(message, options);
  }
}
