/** What one row of the ledger holds, and how several become one. */
import { mergeHistograms, type Histogram } from '../../judging/latencyBuckets.js';
import type { Arm, UnitCounts } from '../../judging/units.js';

/** Measurements of one unit, of one process and flush or of many. */
export interface MeasuredRows {
  /** Domain times (ms since epoch) between which they were measured. */
  readonly from: number;
  readonly to: number;
  /** One a guild, arm and whether it was randomised; without an arm in play `control`, randomised. */
  readonly rows: readonly UnitCounts[];
  /** Durations of all runs by arm, in fine buckets; empty where no rollout is measured. */
  readonly fine: Readonly<Record<Arm, Histogram>>;
}

/** The sum; the order of the parts does not matter. */
export function mergeMeasured(parts: readonly MeasuredRows[]): MeasuredRows {
  return {
    from: Math.min(...parts.map(({ from }) => from)),
    to: Math.max(...parts.map(({ to }) => to)),
    rows: mergeRows(parts),
    fine: {
      canary: mergeHistograms(...parts.map(({ fine }) => fine.canary)),
      control: mergeHistograms(...parts.map(({ fine }) => fine.control)),
    },
  };
}

/** One row a guild, arm and whether it was randomised; within one part they are so already. */
export function mergeRows(parts: readonly MeasuredRows[]): readonly UnitCounts[] {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only.rows;
  const sums = new Map<string, UnitCounts>();
  for (const row of parts.flatMap(({ rows }) => rows)) {
    const key = `${row.guild} ${row.arm} ${String(row.isRandomised)}`;
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? row : add(sum, row));
  }
  return [...sums.values()];
}

function add(a: UnitCounts, b: UnitCounts): UnitCounts {
  const durations = mergeHistograms(a.durations, b.durations);
  return { ...a, runs: a.runs + b.runs, failures: a.failures + b.failures, durations };
}
