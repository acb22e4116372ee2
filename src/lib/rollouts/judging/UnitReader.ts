/** Which units are due, and what they hold. */
import { unitMs } from '../../health/judging/units.js';
import type { UnitTable } from '../../health/recording/columns/UnitTable.js';
import type { HealthRecords } from '../../health/recording/HealthRecords.js';
import type { RolloutDocument } from '../documents.js';
import { has } from './spans.js';

/** Older ones are not looked for any more: two days. */
const furthest = 192;
const mostATurn = 96;

export class UnitReader {
  public constructor(private readonly records: Pick<HealthRecords, 'units'>) {}

  /** Whole units since the rollout began that were not taken in, oldest first. */
  public due(
    { stepsBegan, taken }: Pick<RolloutDocument, 'stepsBegan' | 'taken'>,
    now: number,
    settledUntil: number | null,
  ): { readonly due: readonly number[]; readonly isBehind: boolean } {
    if (settledUntil === null) return { due: [], isBehind: false };
    // A clock that went back leaves units in the future; they are not whole before they come.
    const end = Math.floor(Math.min(settledUntil, now) / unitMs);
    const from = Math.max(Math.floor((stepsBegan[0] ?? now) / unitMs), end - furthest);
    const all: number[] = [];
    for (let unit = from; unit < end; unit++) if (!has(taken, unit)) all.push(unit);
    return { due: all.slice(0, mostATurn), isBehind: all.length > mostATurn };
  }

  public table(id: string, unit: number): Promise<UnitTable> {
    return this.records.units(id, unit);
  }

  /** From when to when it lasted, domain time. */
  public span(unit: number): readonly [from: number, to: number] {
    return [unit * unitMs, (unit + 1) * unitMs];
  }
}
