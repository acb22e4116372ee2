/** What each arm did in the last minutes, in one pass: every turn looks at all rows of every rollout. */
import type { ArmFailures } from '../../health/judging/hardLimits/failures.js';
import type { Arm } from '../../health/judging/units.js';
import type { UnitTable } from '../../health/recording/columns/UnitTable.js';
import { canaryBit } from '../../health/recording/columns/TableColumns.js';

export function armFailures(table: UnitTable): Readonly<Record<Arm, ArmFailures>> {
  const { kinds, runs, failures } = table.columns;
  // By kind's bit of the arm: control, canary.
  const [allRuns, allFailures] = [
    [0, 0],
    [0, 0],
  ];
  for (let row = 0; row < table.size; row++) {
    const arm = kinds[row]! & canaryBit;
    allRuns[arm]! += runs[row]!;
    allFailures[arm]! += failures[row]!;
  }
  const of = (arm: number): ArmFailures => ({
    runs: allRuns[arm]!,
    failures: allFailures[arm]!,
    get guilds() {
      return guildsWith(table, arm, runs);
    },
    get failingGuilds() {
      return guildsWith(table, arm, failures);
    },
  });
  return { canary: of(canaryBit), control: of(0) };
}

/** Distinct guilds of an arm with anything in a column. A guild may have two rows: it chose itself, or did not. */
function guildsWith(
  { columns: { guilds, kinds, runs }, size }: UnitTable,
  arm: number,
  of: Uint32Array,
): number {
  const found = new Set<number>();
  for (let row = 0; row < size; row++) {
    if ((kinds[row]! & canaryBit) === arm && runs[row]! > 0 && of[row]! > 0) found.add(guilds[row]!);
  }
  return found.size;
}
