import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeHistograms } from '../../../../../src/lib/health/judging/latencyBuckets.js';
import type { UnitCounts } from '../../../../../src/lib/health/judging/units.js';
import { GuildNumbering } from '../../../../../src/lib/health/recording/columns/GuildNumbering.js';
import { UnitTable } from '../../../../../src/lib/health/recording/columns/UnitTable.js';
import { rowsOf } from './rows.js';

const keyOf = ({ guild, arm, isRandomised }: UnitCounts): string => `${guild} ${arm} ${String(isRandomised)}`;

/** The sum as one would do it by hand. */
function plainSum(rows: readonly UnitCounts[]): readonly UnitCounts[] {
  const sums = new Map<string, UnitCounts>();
  for (const row of rows) {
    const sum = sums.get(keyOf(row));
    const { runs = 0, failures = 0, durations = {} } = sum ?? {};
    sums.set(keyOf(row), {
      ...row,
      runs: runs + row.runs,
      failures: failures + row.failures,
      durations: mergeHistograms(durations, row.durations),
    });
  }
  return [...sums.values()];
}

describe('a table of what guilds did', () => {
  it('holds what the rows say, added up by guild and kind in the order in which they first came', () => {
    fc.assert(
      fc.property(rowsOf(30), (rows) => {
        expect([...UnitTable.of(rows)]).toEqual(plainSum(rows));
      }),
    );
  });

  it('grows beyond any first guess', () => {
    const rows = Array.from({ length: 5_000 }, (_, at): UnitCounts => ({
      guild: String(200_000_000_000_000_000n + BigInt(at) * 7_919n),
      arm: at % 2 === 0 ? 'canary' : 'control',
      isRandomised: at % 3 === 0,
      runs: 2,
      failures: at % 2,
      durations: { 3: 1, 4: 1 },
    }));
    expect([...UnitTable.of(rows)]).toEqual(rows);
  });
});

describe('a numbering', () => {
  it('gives each guild one number for good, and knows who it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String), fc.string())),
        (ids) => {
          const numbering = new GuildNumbering();
          const numbers = ids.map((id) => numbering.numberOf(id));
          expect(ids.map((id) => numbering.numberOf(id))).toEqual(numbers);
          expect(numbers.map((number) => numbering.guild(number))).toEqual(ids);
          expect(numbering.size).toBe(new Set(ids).size);
        },
      ),
    );
  });

  it('still knows everyone after it has grown many times', () => {
    const numbering = new GuildNumbering();
    const ids = Array.from({ length: 20_000 }, (_, at) =>
      at % 1_000 === 0 ? `guild ${at}` : String(90_000_000_000_000_000n + BigInt(at) * 4_194_304n),
    );
    ids.forEach((id, number) => expect(numbering.numberOf(id)).toBe(number));
    ids.forEach((id, number) => expect(numbering.numberOf(id)).toBe(number));
  });
});
