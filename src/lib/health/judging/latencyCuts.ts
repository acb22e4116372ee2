/** Where "slow" begins: cuts frozen from the control before a rollout, and the shift by which the margin moves them. */
import { assertPositive, InvalidObservation } from './errors.js';
import { bucketsOf, coarseEdgeMs, coarseRatio, fractionSlower, type Histogram } from './latencyBuckets.js';

/** The quantiles at which the control's baseline is cut. */
export const cutQuantiles: readonly number[] = [0.5, 0.75, 0.9, 0.95, 0.99];

/** One cut: control runs above it are slow, and canary runs above it times the margin. */
export interface LatencyCut {
  readonly quantile: number;
  /** Number of a coarse bucket; the cut is its upper edge. */
  readonly edge: number;
  /** The cut in ms. */
  readonly ms: number;
  /** The fraction of the baseline above the cut: what a guild without history is expected to do. */
  readonly slower: number;
}

/**
 * One cut a quantile, each at the edge of a coarse bucket whose fraction above it comes nearest to 1 - quantile (by ratio).
 * Several quantiles of a narrow baseline may share an edge.
 *
 * @param baseline coarse histogram of the control's runs before the rollout.
 * @throws InvalidObservation where the baseline is empty.
 */
export function freezeCuts(baseline: Histogram): readonly LatencyCut[] {
  const buckets = bucketsOf(baseline).filter(([, count]) => count > 0);
  const slowest = buckets.at(-1);
  if (!slowest) {
    throw new InvalidObservation('There is no run to take latency cuts from.', {
      next: 'Judge latency once commands have been measured for a while.',
    });
  }
  // Above the slowest bucket's edge there is nothing to compare; where that bucket is the only one, the edge below it serves.
  const edges = buckets.length > 1 ? buckets.slice(0, -1).map(([bucket]) => bucket) : [slowest[0] - 1];
  return cutQuantiles.map((quantile) => {
    const distance = (edge: number): number =>
      Math.abs(Math.log(fractionSlower(baseline, edge) / (1 - quantile)));
    const edge = edges.reduce((best, candidate) => (distance(candidate) < distance(best) ? candidate : best));
    return { quantile, edge, ms: coarseEdgeMs(edge), slower: fractionSlower(baseline, edge) };
  });
}

/** How far the margin moves a cut for the canary. */
export interface CutShift {
  /** In coarse buckets. */
  readonly buckets: number;
  /** The margin that is judged in effect: the smallest power of 1.5 that is not below the one asked for. */
  readonly margin: number;
}

/**
 * Units keep coarse buckets, so that only powers of 1.5 can be told apart: a margin between two is judged as the larger one,
 * which alarms later, never falsely.
 *
 * @param margin how many times as slow the canary may be, at least 1.
 * @throws InvalidSetting
 */
export function shiftFor(margin: number): CutShift {
  assertPositive('The latency margin', margin);
  const buckets = Math.max(0, Math.ceil(Math.log(margin) / Math.log(coarseRatio) - 1e-9)) + 0;
  return { buckets, margin: coarseEdgeMs(buckets) };
}

/** The outcome of one unit at one cut, 0…1: the fraction of its runs that were slow for its arm. */
export function slowFraction(
  runs: Histogram,
  cut: LatencyCut,
  arm: 'canary' | 'control',
  shift: CutShift,
): number {
  return fractionSlower(runs, arm === 'canary' ? cut.edge + shift.buckets : cut.edge);
}
