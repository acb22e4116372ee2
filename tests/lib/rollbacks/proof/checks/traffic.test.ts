/** More or fewer commands than before are neither harm nor its absence: the error rate is what one run of a command comes to. */
import { describe, expect, test } from 'vitest';
import { unitMs } from '../../../../../src/lib/health/judging/units.js';
import type { BaseUnit } from '../../../../../src/lib/health/recording/HealthRecords.js';
import { normalityChecks } from '../../../../../src/lib/rollbacks/proof/checks/normalityChecks.js';
import type { NormalityEvidence } from '../../../../../src/lib/rollbacks/proof/checks/normality.js';
import { pressedAt, rollbackWith } from '../ground.js';

const firstUnit = pressedAt / unitMs;

/** A generator of numbers that are as good as chance, the same each time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface World {
  readonly guilds?: number;
  /** Runs of a guild in a quarter hour, about. */
  readonly runs: number;
  /** Share of the runs that fail. */
  readonly errors: number;
  /** Share of the quarter hours in which all of a guild's runs fail. */
  readonly broken?: number;
}

async function compared(before: World, after: World, seed: number, had = (_: string) => true) {
  const random = numbers(seed);
  const unitOf = (unit: number): BaseUnit => {
    const { guilds = 300, runs, errors, broken = 0 } = unit >= firstUnit ? after : before;
    return {
      unit,
      guilds: Array.from({ length: guilds }, (_, n) => {
        const count = Math.max(1, Math.round(runs * (0.3 + 1.4 * random())));
        const share = random() < broken ? 1 : errors;
        const failures = Array.from({ length: count }, () => random() < share).filter(Boolean).length;
        return { guild: `${n}`, runs: count, failures, durations: { 10: count } };
      }),
    };
  };
  const found = await normalityChecks(rollbackWith({ affected: { guilds: 300, members: 1 } }), {
    ...{ rollouts: [], had, beganAt: pressedAt, until: pressedAt + 60 * 60_000 },
    ...{ isLast: false, before: [], breathe: () => Promise.resolve() },
    records: {
      baseUnits: (from, to) =>
        Promise.resolve(Array.from({ length: to - from + 1 }, (_, n) => unitOf(from + n))),
      settledUntil: () => Promise.resolve(pressedAt + 60 * 60_000),
    },
  });
  const { verdict, evidence } = found['errors-normal'];
  return { verdict, ratio: (evidence as unknown as NormalityEvidence).ratio ?? Number.NaN };
}

const surges = [0.25, 0.5, 2, 5, 8];
const seeds = [1, 2, 3];

describe('where a run fails as often as before', () => {
  test.each(surges)('%d times the traffic is no harm', async (surge) => {
    for (const seed of seeds) {
      const before = { runs: 8, errors: 0.02 };
      const { verdict, ratio } = await compared(before, { ...before, runs: 8 * surge }, seed);
      expect(verdict).not.toBe('failed');
      expect(ratio).toBeGreaterThan(0.75);
      expect(ratio).toBeLessThan(1.25);
    }
  });

  test.each(surges)('%d times the traffic is none either where errors come in bouts', async (surge) => {
    const before = { guilds: 2_000, runs: 8, errors: 0.002, broken: 0.05 };
    const { verdict, ratio } = await compared(before, { ...before, runs: 8 * surge }, 4);
    expect(verdict).not.toBe('failed');
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });
});

describe('where a run fails three times as often as before', () => {
  test.each([1, ...surges])('%d times the traffic does not hide it', async (surge) => {
    for (const seed of seeds) {
      const after = { runs: 8 * surge, errors: 0.06 };
      const { verdict, ratio } = await compared({ runs: 8, errors: 0.02 }, after, seed);
      expect(ratio).toBeGreaterThan(2);
      expect(verdict).toBe('failed');
    }
  });

  test('nor do bouts of it', async () => {
    const before = { runs: 8, errors: 0.002, broken: 0.03 };
    expect((await compared(before, { ...before, runs: 40, broken: 0.09 }, 5)).verdict).toBe('failed');
  });
});

test('where a run fails a third as often as before, a surge does not keep it from being seen', async () => {
  expect((await compared({ runs: 8, errors: 0.03 }, { runs: 40, errors: 0.01 }, 6)).verdict).toBe('passed');
});
