/** The always-valid band as one polygon a stretch: another one begins where it becomes proven that the limit is exceeded. */
import type { RatioPoint, RatioPoints } from './RatioPoints.js';
import { isKnown } from './ratioScale.js';

export interface BandStretch {
  /** Whether the ratio is surely above the limit here. */
  readonly isProven: boolean;
  readonly points: readonly RatioPoint[];
}

/** Nothing is drawn where nothing is known. Neighbouring stretches share a point, so that there is no gap between them. */
export function bandStretches({ points, limit }: RatioPoints): readonly BandStretch[] {
  const stretches: { isProven: boolean; points: RatioPoint[] }[] = [];
  let open: (typeof stretches)[number] | undefined;
  for (const point of points) {
    if (!isKnown(point)) {
      open = undefined;
      continue;
    }
    open?.points.push(point);
    const isProven = point.lower > limit;
    if (open?.isProven === isProven) continue;
    open = { isProven, points: [point] };
    stretches.push(open);
  }
  return stretches.filter((stretch) => stretch.points.length > 1);
}
