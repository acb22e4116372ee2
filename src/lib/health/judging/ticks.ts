/** One look at both arms: what the e-process is fed with. */
import { InvalidObservation } from './errors.js';

/** What one arm did in one tick. */
export interface ArmCounts {
  /** Sum of the outcomes, each from 0 (good) to 1 (bad); with yes-or-no outcomes simply the number of bad ones. */
  readonly bad: number;
  /** Number of units, or the sum of the bad outcomes expected of them (offsets); the same kind in both arms. */
  readonly exposure: number;
}

/** Both arms over the same span of time: 30 seconds, or a 15-minute unit. */
export interface Tick {
  readonly canary: ArmCounts;
  readonly control: ArmCounts;
}

function assertArm(arm: 'canary' | 'control', counts: ArmCounts): void {
  for (const name of ['bad', 'exposure'] as const) {
    const value = counts[name];
    // Above 2^53 sums of counts lose units, and sums of logarithms could overflow.
    if (value >= 0 && value <= Number.MAX_SAFE_INTEGER) continue;
    throw new InvalidObservation(
      `${arm}.${name} of a tick is ${value}; it must be a number from 0 to 2^53.`,
      {
        next: 'Look at what counted it.',
        context: { arm, name, value },
      },
    );
  }
}

/** @throws InvalidObservation where a number is negative, not finite, NaN or above 2^53. */
export function assertTick(tick: Tick): void {
  assertArm('canary', tick.canary);
  assertArm('control', tick.control);
}

/** Whether both arms were exposed; a tick in which one was not says nothing about their ratio. */
export function isComparable(tick: Tick): boolean {
  return tick.canary.exposure > 0 && tick.control.exposure > 0;
}
