/** What can go wrong while another version is brought back; each says what to look at. */
import { RolloutError, type RolloutErrorOptions } from '../../core/RolloutError.js';

/** A driver could not do what it was asked to. What it had done until then stays: asked again, it goes on from there. */
export class DriverFailed extends RolloutError {
  public readonly code = 'DRIVER_FAILED';

  public constructor(message: string, options: RolloutErrorOptions = {}) {
    super(message, options);
  }
}

export interface ProgramFailure extends RolloutErrorOptions {
  /** Null where it never ran, or was ended by a signal. */
  readonly exitCode: number | null;
  /** The signal that ended it, as SIGTERM. */
  readonly signal: string | null;
}

/** A program could not be started, ended with an exit code other than 0, or was stopped at its deadline. */
export class ProgramFailed extends RolloutError {
  public readonly code = 'PROGRAM_FAILED';
  public readonly exitCode: number | null;
  public readonly signal: string | null;

  public constructor(message: string, { exitCode, signal, ...options }: ProgramFailure) {
    super(message, options);
    this.exitCode = exitCode;
    this.signal = signal;
  }
}

/** Why a signal was aborted, to be read after "because". */
export function whyLetGo(signal: AbortSignal): string {
  return signal.reason instanceof Error && signal.reason.name === 'TimeoutError'
    ? 'its time was over'
    : 'this process was asked to let go of it';
}
