/** Rows in which the same guilds come again and again: served both arms, chosen by themselves, idle, or known by no snowflake. */
import fc from 'fast-check';
import type { UnitCounts } from '../../../../../src/lib/health/judging/units.js';

const guild = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map((at) => String(200_000_000_000_000_000n + BigInt(at) * 7_919_000_003n)),
  fc.constantFrom('guild one', '12', '9000000000000000000'),
);

const histogram = fc.dictionary(
  fc.integer({ min: -6, max: 20 }).map(String),
  fc.integer({ min: 1, max: 9 }),
  { maxKeys: 4, noNullPrototype: true },
);

const row: fc.Arbitrary<UnitCounts> = fc
  .record({
    guild,
    arm: fc.constantFrom('canary' as const, 'control' as const),
    isRandomised: fc.boolean(),
    share: fc.constantFrom(0, 0, 0.5, 1),
    durations: histogram,
  })
  .map(({ share, ...facts }) => {
    const runs = Object.values(facts.durations).reduce((sum, count) => sum + count, 0);
    return { ...facts, runs, failures: Math.floor(share * runs) };
  });

export function rowsOf(most: number): fc.Arbitrary<UnitCounts[]> {
  return fc.array(row, { maxLength: most });
}
