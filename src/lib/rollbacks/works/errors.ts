import { RolloutError } from '../../core/RolloutError.js';

/** Several other versions are logged in, and the driver does not say which of them is the previous one. */
export class NoPreviousRelease extends RolloutError {
  public readonly code = 'NO_PREVIOUS_RELEASE';

  public constructor(releases: readonly string[]) {
    super(
      `Several other releases are running (${releases.join(', ')}), and none is named as the stable one.`,
      {
        next: 'Name it in deployments.yaml (`release` of the stable app), and hand over.',
      },
    );
  }
}
