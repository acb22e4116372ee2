import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arm } from '../../../../src/lib/health/judging/units.js';
import { UnitTable } from '../../../../src/lib/health/recording/columns/UnitTable.js';
import { armFailures } from '../../../../src/lib/rollouts/judging/armFailures.js';
import { rowsOf } from '../../health/recording/columns/rows.js';

describe('what an arm did', () => {
  it('counts every run and every guild once, those that chose themselves included', () => {
    fc.assert(
      fc.property(rowsOf(30), (rows) => {
        const found = armFailures(UnitTable.of(rows));
        for (const arm of ['canary', 'control'] satisfies Arm[]) {
          const own = rows.filter((row) => row.arm === arm && row.runs > 0);
          const { runs, failures, guilds, failingGuilds } = found[arm];
          expect({ runs, failures, guilds, failingGuilds }).toEqual({
            runs: own.reduce((sum, row) => sum + row.runs, 0),
            failures: own.reduce((sum, row) => sum + row.failures, 0),
            guilds: new Set(own.map(({ guild }) => guild)).size,
            failingGuilds: new Set(own.filter((row) => row.failures > 0).map(({ guild }) => guild)).size,
          });
        }
      }),
    );
  });
});
