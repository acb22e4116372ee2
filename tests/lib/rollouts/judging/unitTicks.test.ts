import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freezeCuts, shiftFor } from '../../../../src/lib/health/judging/latencyCuts.js';
import { comparableUnits, errorTick, latencyViews } from '../../../../src/lib/health/judging/units.js';
import { UnitTable } from '../../../../src/lib/health/recording/columns/UnitTable.js';
import type { Baseline } from '../../../../src/lib/health/recording/HealthRecords.js';
import { GuildPlaces } from '../../../../src/lib/rollouts/judging/GuildPlaces.js';
import { comparableRows, errorsOf, latencyOf } from '../../../../src/lib/rollouts/judging/unitTicks.js';
import { rowsOf } from '../../health/recording/columns/rows.js';

const cuts = freezeCuts({ 2: 40, 5: 30, 9: 20, 12: 7, 15: 3 });
/** Each guild its own, and none of them a round number. */
const baseline: Baseline = {
  frozenAt: 0,
  units: 672,
  cuts,
  rowOf: (guild) => Number(guild.slice(-3)) || -1,
  errorOffset: (row) => 1 / (3 + Math.abs(row)),
  latencyOffset: (row, cut) => (cut + 1) / (7 + Math.abs(row)),
  dailyRuns: () => 1,
};

describe('the ticks of a unit in columns', () => {
  it("are the engine's own, to the last digit", () => {
    fc.assert(
      fc.property(rowsOf(40), fc.constantFrom(1, 1.5, 2.25, 5), (rows, margin) => {
        const table = UnitTable.of(rows);
        const { rows: baselineRows } = new GuildPlaces('seed', baseline).of(table.numbering);
        const compared = comparableRows(table);
        const shift = shiftFor(margin);
        const plain = comparableUnits([...table]);
        expect(errorsOf(table, compared, baseline, baselineRows)).toEqual(
          errorTick(plain, (guild) => baseline.errorOffset(baseline.rowOf(guild))),
        );
        const views = cuts.map((_, cut) => ({ cut, shift: shift.buckets }));
        expect(latencyOf(table, compared, views, baseline, baselineRows)).toEqual(
          latencyViews(plain, cuts, shift, (guild, cut) =>
            baseline.latencyOffset(baseline.rowOf(guild), cuts.indexOf(cut)),
          ),
        );
      }),
      { numRuns: 300 },
    );
  });
});
