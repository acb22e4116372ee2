/** What one row of the ledger holds, and how several become one. */
import type { UnitCounts } from '../../judging/units.js';
import { UnitTable } from '../columns/UnitTable.js';

/** All but the rows. */
export interface MeasuredAround {
  /** Domain times (ms since epoch) between which they were measured. */
  readonly from: number;
  readonly to: number;
}

/** Measurements of one unit, of one process and flush or of many. */
export interface MeasuredRows extends MeasuredAround {
  /** One a guild, arm and whether it was randomised; without an arm in play `control`, randomised. */
  readonly rows: readonly UnitCounts[];
}

/** The sum; the order of the parts does not matter. */
export function mergeMeasured(parts: readonly MeasuredRows[]): MeasuredRows {
  return { ...mergeAround(parts), rows: [...UnitTable.of(parts.flatMap(({ rows }) => rows))] };
}

/** The sum without its rows. */
export function mergeAround(parts: readonly MeasuredAround[]): MeasuredAround {
  return {
    from: Math.min(...parts.map(({ from }) => from)),
    to: Math.max(...parts.map(({ to }) => to)),
  };
}
