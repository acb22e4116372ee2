/** The upright axis: logarithmic, so that "twice as many" and "half as many" lie equally far from "the same". */
import type { RatioPoint, RatioPoints } from './RatioPoints.js';

/** Ratios that a person reads at a glance. */
const marks = [0.1, 0.2, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20, 50, 100];

/** Beyond these a picture says no more than "far". */
const lowest = 0.1;
const highest = 100;
const air = 1.25;

export interface RatioScale {
  readonly min: number;
  readonly max: number;
  /** Within both ends, ascending; at most 6. */
  readonly marks: readonly number[];
}

/**
 * Holds 0.5 … 2, the limit, every ratio, and the band as it stands at the end. How wide the band was in the beginning, when
 * nearly nothing was known, is not worth the room.
 */
export function ratioScale({ points, limit }: RatioPoints): RatioScale {
  const last = points.findLast(isKnown);
  const known = [...points.map(({ ratio }) => ratio), last?.lower ?? null, last?.upper ?? null, limit].filter(
    (value): value is number => value !== null && value > 0,
  );
  // A little air, so that no line lies on the frame.
  const min = Math.max(lowest, Math.min(0.48, Math.min(...known) / air));
  const max = Math.min(highest, Math.max(2.1, Math.max(...known) * air));
  return { min, max, marks: thinned(marks.filter((mark) => mark >= min && mark <= max)) };
}

/** Whether anything was known of the ratio. */
export function isKnown({ ratio, lower, upper }: RatioPoint): boolean {
  return ratio !== null || lower > 0 || upper !== null;
}

/** 1 stays, whatever else goes: everything is read against it. */
function thinned(all: readonly number[]): readonly number[] {
  if (all.length <= 6) return all;
  const same = all.indexOf(1);
  return all.filter((_, i) => (i - same) % 2 === 0);
}

/** Where a ratio lies on the axis; what is off it lies on its end. */
export function onScale(ratio: number, { min, max }: RatioScale): number {
  return Math.log2(Math.min(max, Math.max(min, ratio)));
}

/** `1.02x`, `12x`. */
export function ratioText(ratio: number): string {
  return `${ratio >= 10 ? ratio.toFixed(0) : Number(ratio.toFixed(2)).toString()}x`;
}
