import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnitCounts } from '../../../../../src/lib/health/judging/units.js';
import { freezeBaseline } from '../../../../../src/lib/health/recording/baseline/freeze.js';
import { GuildNumbering } from '../../../../../src/lib/health/recording/columns/GuildNumbering.js';
import { UnitTable } from '../../../../../src/lib/health/recording/columns/UnitTable.js';
import { unitOf } from '../../../../../src/lib/health/recording/unitOf.js';
import { guildId, today } from '../ground.js';
import { plainFreeze } from './plainFreeze.js';

const now = today * 15 * 60_000 + 7;
const last = unitOf(now) - 1;

const bucket = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 6, max: 16 }) },
  { weight: 1, arbitrary: fc.integer({ min: -5, max: 45 }) },
);
const row = (guild: string): fc.Arbitrary<UnitCounts> =>
  fc.record({ taken: fc.array(bucket, { maxLength: 7 }), fails: fc.nat(2) }).map(({ taken, fails }) => {
    const durations: Record<number, number> = {};
    for (const one of taken) durations[one] = (durations[one] ?? 0) + 1;
    const [runs, failures] = [taken.length, Math.min(fails, taken.length)];
    return { guild, arm: 'control', isRandomised: true, runs, failures, durations };
  });
const names = [...Array.from({ length: 6 }, (_, at) => guildId(at)), 'direct messages', 'elsewhere'];
/** One a guild, in any order; some units are empty. */
const unit = fc
  .shuffledSubarray(names, { minLength: 0 })
  .chain((guilds) => fc.tuple(...guilds.map((guild) => row(guild))));
const week = fc.array(unit, { minLength: 0, maxLength: 12 });

/** The newest units of the week are these. */
async function frozen(units: readonly (readonly UnitCounts[])[], breathe = () => Promise.resolve()) {
  const numbering = new GuildNumbering();
  const asked: number[] = [];
  const baseline = await freezeBaseline(
    now,
    (wanted) => {
      asked.push(wanted);
      return Promise.resolve(UnitTable.of(units[wanted - last - 1 + units.length] ?? [], numbering));
    },
    breathe,
  );
  return { baseline, asked };
}

describe('a week that is added up in columns', () => {
  it('is to the last digit what it is counted by hand', async () => {
    await fc.assert(
      fc.asyncProperty(week, async (units) => {
        const { baseline } = await frozen(units);
        const plain = plainFreeze(now, units);
        expect(baseline.cuts).toEqual(plain.cuts);
        expect(baseline.units).toBe(plain.units);
        for (const guild of names) {
          const [at, plainAt] = [baseline.rowOf(guild), plain.rowOf(guild)];
          expect(at).toBe(plainAt);
          expect(baseline.dailyRuns(at)).toBe(plain.dailyRuns(plainAt));
          expect(baseline.errorOffset(at)).toBe(plain.errorOffset(plainAt));
          for (const cut of plain.cuts.keys())
            expect(baseline.latencyOffset(at, cut)).toBe(plain.latencyOffset(plainAt, cut));
        }
        expect(await baseline.packed()).toEqual(await plain.packed());
      }),
      { numRuns: 300 },
    );
  });

  it('reads each of its 672 units once, and lets others work between those in which something happened', async () => {
    const [rows] = fc.sample(row(guildId(1)), 1);
    let breaths = 0;
    const { asked } = await frozen([[rows!], [], [rows!]], () => {
      breaths++;
      return Promise.resolve();
    });
    expect(asked).toEqual(Array.from({ length: 672 }, (_, at) => last - 671 + at));
    expect(breaths).toBe(2);
  });

  it('grows with the guilds that it meets', async () => {
    const many = Array.from({ length: 3_000 }, (_, at) => guildId(at));
    const units = [many.slice(0, 10), many].map(
      (guilds) => fc.sample(fc.tuple(...guilds.map(row)), { numRuns: 1, seed: 5 })[0]!,
    );
    const { baseline } = await frozen(units);
    expect(await baseline.packed()).toEqual(await plainFreeze(now, units).packed());
  });
});
