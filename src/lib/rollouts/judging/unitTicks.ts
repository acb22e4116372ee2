/**
 * From a table of what guilds did in one unit to its ticks: what `comparableUnits`, `errorTick` and `latencyViews` of the engine
 * say, to the last digit, in one pass over columns.
 */
import type { LatencyCut } from '../../health/judging/latencyCuts.js';
import type { Tick } from '../../health/judging/ticks.js';
import type { Arm } from '../../health/judging/units.js';
import type { UnitTable } from '../../health/recording/columns/UnitTable.js';
import { canaryBit, randomisedBit } from '../../health/recording/columns/TableColumns.js';
import type { Baseline } from '../../health/recording/HealthRecords.js';

type Sums = Record<Arm, { bad: number; exposure: number }>;

/** One look at latency: how many runs were slower than a cut. */
export interface LatencyView {
  /** Index of one of the baseline's cuts. */
  readonly cut: number;
  /** How far the canary's cut is moved, in coarse buckets. */
  readonly shift: number;
}

/**
 * Rows that may be compared: of guilds that were randomised, did something, and were served one arm all the time.
 *
 * @returns their indices, ascending
 */
export function comparableRows({ columns, numbering, size }: UnitTable): Int32Array {
  const { guilds, kinds, runs } = columns;
  // A bit for each kind of row in which a guild did something: whoever has more than one chose itself or changed arms.
  const active = new Uint8Array(numbering.size);
  for (let row = 0; row < size; row++) if (runs[row]! > 0) active[guilds[row]!]! |= 1 << kinds[row]!;
  const rows = new Int32Array(size);
  let count = 0;
  for (let row = 0; row < size; row++) {
    const kind = kinds[row]!;
    if ((kind & randomisedBit) !== 0 && active[guilds[row]!] === 1 << kind && runs[row]! > 0)
      rows[count++] = row;
  }
  return rows.subarray(0, count);
}

/** @param baselineRows by the guild's number */
export function errorsOf(
  { columns: { guilds, kinds, failures } }: UnitTable,
  rows: Int32Array,
  baseline: Baseline,
  baselineRows: Int32Array,
): Tick {
  const sums = noCounts();
  for (const row of rows) {
    const arm = (kinds[row]! & canaryBit) === 0 ? sums.control : sums.canary;
    if (failures[row]! > 0) arm.bad += 1;
    arm.exposure += baseline.errorOffset(baselineRows[guilds[row]!]!);
  }
  return sums;
}

/** One tick a view. @param baselineRows by the guild's number */
export function latencyOf(
  { columns }: UnitTable,
  rows: Int32Array,
  views: readonly LatencyView[],
  baseline: Baseline,
  baselineRows: Int32Array,
): readonly Tick[] {
  const { guilds, kinds, starts, buckets, counts } = columns;
  const sums = views.map(noCounts);
  const edges = {
    canary: edgesOf(views, baseline.cuts, true),
    control: edgesOf(views, baseline.cuts, false),
  };
  const slower = new Float64Array(views.length);
  for (const row of rows) {
    const arm: Arm = (kinds[row]! & canaryBit) === 0 ? 'control' : 'canary';
    const armEdges = edges[arm];
    let total = 0;
    slower.fill(0);
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const [bucket, count] = [buckets[at]!, counts[at]!];
      total += count;
      for (let view = 0; view < armEdges.length; view++) if (bucket > armEdges[view]!) slower[view]! += count;
    }
    if (total === 0) continue;
    const baselineRow = baselineRows[guilds[row]!]!;
    for (let view = 0; view < views.length; view++) {
      const sum = sums[view]![arm];
      sum.bad += slower[view]! / total;
      sum.exposure += baseline.latencyOffset(baselineRow, views[view]!.cut);
    }
  }
  return sums;
}

function edgesOf(views: readonly LatencyView[], cuts: readonly LatencyCut[], isMoved: boolean): Int32Array {
  return Int32Array.from(views, ({ cut, shift }) => (cuts[cut]?.edge ?? 0) + (isMoved ? shift : 0));
}

function noCounts(): Sums {
  return { canary: { bad: 0, exposure: 0 }, control: { bad: 0, exposure: 0 } };
}
