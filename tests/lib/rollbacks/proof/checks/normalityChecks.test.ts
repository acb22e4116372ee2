import { describe, expect, test } from 'vitest';
import { unitMs } from '../../../../../src/lib/health/judging/units.js';
import type { BaseCounts, BaseUnit } from '../../../../../src/lib/health/recording/HealthRecords.js';
import {
  normalityChecks,
  type NormalityOptions,
  type RolloutFacts,
} from '../../../../../src/lib/rollbacks/proof/checks/normalityChecks.js';
import type { NormalityEvidence } from '../../../../../src/lib/rollbacks/proof/checks/normality.js';
import type { CheckFinding } from '../../../../../src/lib/rollbacks/proof/checks/Finding.js';
import { pressedAt, rollbackWith } from '../ground.js';

const guilds = 400;
/** The first quarter of an hour after the press. */
const firstUnit = pressedAt / unitMs;
const day = 96;

interface World {
  /** Fraction of the units in which a guild fails. */
  readonly errors?: (unit: number, guild: number) => number;
  /** Median duration's bucket. */
  readonly bucket?: (unit: number) => number;
  readonly isMeasured?: (unit: number) => boolean;
}

/** Every guild runs twice in every unit; which guilds fail goes round. */
function records({ errors = () => 0.1, bucket = () => 10, isMeasured = () => true }: World = {}) {
  const asked: number[] = [];
  const unitOf = (unit: number): BaseUnit => ({
    unit,
    guilds: Array.from({ length: guilds }, (_, n): BaseCounts => {
      const fails = ((n * 7 + unit * 13) % 100) / 100 < errors(unit, n);
      // Fewer and fewer, the slower.
      const durations = { [bucket(unit) + Math.floor(-Math.log2((1 + (n % 64)) / 64))]: 2 };
      return { guild: `${n}`, runs: 2, failures: fails ? 1 : 0, durations };
    }),
  });
  return {
    asked,
    baseUnits: async (from: number, to: number) => {
      asked.push(from);
      return Array.from({ length: to - from + 1 }, (_, n) => from + n)
        .filter(isMeasured)
        .map(unitOf);
    },
    settledUntil: async () => pressedAt + 60 * 60_000,
  };
}

function options(
  world: World | undefined,
  more: Partial<NormalityOptions> = {},
): NormalityOptions & { records: ReturnType<typeof records> } {
  return {
    ...{ rollouts: [], had: () => true, beganAt: pressedAt, until: pressedAt + 60 * 60_000 },
    ...{ isLast: false, before: [], breathe: async () => undefined, ...more },
    records: records(world),
  };
}

const many = rollbackWith({ affected: { guilds, members: 1 } });
const evidenceOf = ({ evidence }: CheckFinding) => evidence as unknown as NormalityEvidence;
const isAfter = (unit: number) => unit >= firstUnit;

describe('the quarter hours after a rollback', () => {
  test('are compared with the same quarter hours of the seven days before, of the same guilds', async () => {
    const given = options({ errors: () => 0.1 });
    const found = await normalityChecks(many, given);
    const { comparedWith, ticks, guilds: active } = evidenceOf(found['errors-normal']);
    expect({ comparedWith, active }).toEqual({ comparedWith: 'before', active: guilds });
    expect(ticks.map(({ unit }) => unit)).toEqual([0, 1, 2, 3].map((n) => firstUnit + n));
    expect(new Set(given.records.asked)).toEqual(
      new Set([0, 1, 2, 3].flatMap((n) => [0, 1, 2, 3, 4, 5, 6, 7].map((d) => firstUnit + n - d * day))),
    );
  });

  test('pass both checks where all is surely as it was before', async () => {
    const found = await normalityChecks(many, options({ errors: (unit) => (isAfter(unit) ? 0.05 : 0.1) }));
    expect(found['errors-normal'].verdict).toBe('passed');
    expect(found['performance-restored'].verdict).toBe('passed');
  });

  test('fail where errors or times are surely worse than before', async () => {
    const worse = { errors: (unit: number) => (isAfter(unit) ? 0.5 : 0.1) };
    expect((await normalityChecks(many, options(worse)))['errors-normal'].verdict).toBe('failed');
    const slower = { bucket: (unit: number) => (isAfter(unit) ? 14 : 10) };
    const found = await normalityChecks(many, options(slower));
    expect(found['performance-restored'].verdict).toBe('failed');
    expect(found['errors-normal'].verdict).not.toBe('failed');
  });

  test('do not learn the usual from the time with the feature', async () => {
    const began = pressedAt - 3 * day * unitMs;
    const rollout = {
      ...{ stepsBegan: [began], created: { by: '1', at: began, name: 'a' } },
      plan: { guards: [{ metric: 'errors', margin: 1.4, alpha: 0.01, action: 'rollback' }] },
    } as unknown as RolloutFacts;
    const duringIt = (unit: number) => !isAfter(unit) && unit * unitMs >= began;
    const world = { errors: (unit: number) => (duringIt(unit) ? 0.9 : 0.1) };
    const { margin, ticks } = evidenceOf(
      (await normalityChecks(many, options(world, { rollouts: [rollout] })))['errors-normal'],
    );
    expect(margin).toBe(1.4);
    const rate = ticks.reduce((sum, { control }) => sum + control.bad, 0) / (4 * 4 * guilds);
    expect(rate).toBeLessThan(0.15);
  });

  test('are compared with guilds that never had it where nothing is left of the time before', async () => {
    const world = { isMeasured: isAfter, errors: (_: number, n: number) => (n < 200 ? 0.6 : 0.1) };
    const had = (guild: string) => Number(guild) < 200;
    const found = await normalityChecks(many, options(world, { had }));
    const { comparedWith, guilds: active } = evidenceOf(found['errors-normal']);
    expect({ comparedWith, active }).toEqual({ comparedWith: 'others', active: 200 });
    expect(found['errors-normal'].verdict).toBe('failed');
  });

  test('say so where there is nothing to compare with', async () => {
    const found = await normalityChecks(many, options({ isMeasured: isAfter }));
    expect(found['errors-normal']).toMatchObject({ verdict: 'unknown' });
    expect(evidenceOf(found['performance-restored']).comparedWith).toBe('nothing');
  });

  test('count only where they are whole, began after it was off, and can be read', async () => {
    const until = pressedAt + 60 * 60_000;
    const late = options({}, { beganAt: pressedAt + 1, until });
    expect(evidenceOf((await normalityChecks(many, late))['errors-normal']).ticks).toHaveLength(3);
    const early = options({});
    Object.assign(early.records, { settledUntil: async () => pressedAt + 20 * 60_000 });
    expect(evidenceOf((await normalityChecks(many, early))['errors-normal']).ticks).toHaveLength(1);
    const silent = options({});
    Object.assign(silent.records, { settledUntil: async () => null });
    expect((await normalityChecks(many, silent))['errors-normal'].sentence).toContain('Not enough data yet');
  });

  test('are not read again while nothing new was measured', async () => {
    const first = await normalityChecks(many, options({}));
    const checks = (['errors-normal', 'performance-restored'] as const).map((name) => ({
      ...{ name, ...first[name], at: 1 },
    }));
    const again = options({}, { before: checks });
    expect((await normalityChecks(many, again))['errors-normal'].evidence).toEqual(
      first['errors-normal'].evidence,
    );
    expect(again.records.asked).toEqual([]);
  });

  test('need not be looked at where nobody had it on', async () => {
    const given = options({});
    const found = await normalityChecks(rollbackWith({ affected: { guilds: 0, members: 0 } }), given);
    expect(Object.values(found).map(({ verdict }) => verdict)).toEqual(['passed', 'passed']);
    expect(given.records.asked).toEqual([]);
  });
});
