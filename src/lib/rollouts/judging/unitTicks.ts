/**
 * From a table of what guilds did in one unit to its ticks: what `comparableUnits`, `errorTick` and `latencyViews` of the engine
 * say, to the last digit, in one pass over columns.
 */
import type { LatencyCut } from '../../health/judging/latencyCuts.js';
import type { ArmCounts, Tick } from '../../health/judging/ticks.js';
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
  const [cuts, width] = [baseline.cuts.length, views.length];
  const cutOf = Int32Array.from(views, ({ cut }) => cut);
  // Control first, then the canary: as the kind's bit has it.
  const edges = Int32Array.from([...edgesOf(views, baseline.cuts, 0), ...edgesOf(views, baseline.cuts, 1)]);
  const [bad, exposure] = [new Float64Array(2 * width), new Float64Array(2 * width)];
  const [slower, offsets] = [new Float64Array(width), new Float64Array(cuts)];
  for (const row of rows) {
    const first = (kinds[row]! & canaryBit) * width;
    let total = 0;
    slower.fill(0);
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const [bucket, count] = [buckets[at]!, counts[at]!];
      total += count;
      for (let view = 0; view < width; view++) if (bucket > edges[first + view]!) slower[view]! += count;
    }
    if (total === 0) continue;
    const baselineRow = baselineRows[guilds[row]!]!;
    for (let cut = 0; cut < cuts; cut++) offsets[cut] = baseline.latencyOffset(baselineRow, cut);
    for (let view = 0; view < width; view++) {
      bad[first + view]! += slower[view]! / total;
      exposure[first + view]! += offsets[cutOf[view]!]!;
    }
  }
  const arm = (at: number): ArmCounts => ({ bad: bad[at]!, exposure: exposure[at]! });
  return views.map((_, view) => ({ canary: arm(width + view), control: arm(view) }));
}

function edgesOf(views: readonly LatencyView[], cuts: readonly LatencyCut[], moved: 0 | 1): number[] {
  return views.map(({ cut, shift }) => (cuts[cut]?.edge ?? 0) + moved * shift);
}

function noCounts(): Sums {
  return { canary: { bad: 0, exposure: 0 }, control: { bad: 0, exposure: 0 } };
}
