import { RolloutError } from '../core/RolloutError.js';

/** No picture can be drawn in this process; whatever it was for can be shown in words. */
export class ChartUnavailable extends RolloutError {
  public readonly code = 'CHART_UNAVAILABLE';

  public constructor(cause: unknown) {
    super('Charts cannot be drawn here: a part that draws them is missing or does not fit this machine.', {
      next: 'Install the packages again, with optional dependencies (npm install --include=optional).',
      cause,
    });
  }
}
