/** What the judge refuses to calculate with. */
import { RolloutError } from '../../core/RolloutError.js';

/** A count, an outcome or an exposure that cannot be one: negative, not a number, or larger than 2^53. */
export class InvalidObservation extends RolloutError {
  public readonly code = 'INVALID_OBSERVATION';
}

/** A setting of the judge outside the range in which its arithmetic means anything. */
export class InvalidSetting extends RolloutError {
  public readonly code = 'INVALID_SETTING';
}

/** Throws {@link InvalidSetting} unless `0 < alpha < 1`. */
export function assertAlpha(alpha: number): void {
  if (alpha > 0 && alpha < 1) return;
  throw new InvalidSetting(`alpha is ${alpha}, but a chance of a false alarm lies between 0 and 1.`, {
    next: 'Give a number such as 0.01.',
    context: { alpha },
  });
}

/** Throws {@link InvalidSetting} unless the number is finite and above 0. */
export function assertPositive(name: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new InvalidSetting(`${name} is ${value}, but it must be a number above 0.`, {
    next: `Give ${name} as a finite number above 0.`,
    context: { [name]: value },
  });
}

/** Throws {@link InvalidObservation} unless the number is a whole count from 0 to 2^53. */
export function assertCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new InvalidObservation(`${name} is ${value}, but it must be a whole number of at least 0.`, {
    next: 'Look at what counted it.',
    context: { [name]: value },
  });
}
