import { describe, expect, it } from 'vitest';
import { change, rate } from '../../../../src/lib/deployments/monitor/Glance.js';
import { OwnPast } from '../../../../src/lib/deployments/monitor/OwnPast.js';
import { unitMs } from '../../../../src/lib/health/judging/units.js';
import type { Baseline } from '../../../../src/lib/health/recording/HealthRecords.js';
import { deployedAt, deployment } from './ground.js';

/** Guilds that all ran something in each unit, so many of which failed; each is expected to fail in a tenth of them. */
function past({ failing = 0, units = 672, runs = 5, baseline = true } = {}) {
  const read: number[] = [];
  const known: Baseline = {
    ...{ frozenAt: 0, units, cuts: [], rowOf: () => 0, errorOffset: () => 0.1 },
    ...{ latencyOffset: () => 0, dailyRuns: () => 100 },
  };
  const guilds = Array.from({ length: 20 }, (_, at) => ({
    ...{ guild: `g${at}`, runs, failures: at < failing ? 1 : 0, durations: {} },
  }));
  const own = new OwnPast({
    baseline: () => Promise.resolve(baseline ? known : undefined),
    baseUnits: (unit) => {
      read.push(unit - deployedAt / unitMs);
      return Promise.resolve([{ unit, guilds }]);
    },
  });
  const compare = (quarters: number, since = deployedAt) =>
    own.compare(deployment(), since, deployedAt + quarters * unitMs);
  return { compare, read };
}

describe('errors since a deployment against each guild’s own past', () => {
  it('are unknown without a past, with an empty one, before the first unit, and where nobody ran anything', async () => {
    expect(await past({ baseline: false }).compare(4)).toBeNull();
    expect(await past({ units: 0 }).compare(4)).toBeNull();
    expect(await past().compare(0)).toBeNull();
    expect(await past({ runs: 0 }).compare(4)).toBeNull();
  });

  it('are as many as they were, or so many times as many', async () => {
    expect((await past({ failing: 2 }).compare(4))?.ratio).toBeCloseTo(1, 6);
    const worse = await past({ failing: 8 }).compare(4);
    expect(worse?.ratio).toBeCloseTo(4, 6);
    expect(worse?.lower).toBeGreaterThan(1.2);
    expect((await past({ failing: 2 }).compare(4))?.lower).toBeLessThan(1);
  });

  it('leave the unit out in which it was deployed', async () => {
    const { compare, read } = past();
    await compare(3, deployedAt + 1);
    expect(read).toEqual([1, 2]);
  });

  it('read what is over once, and what is not each time', async () => {
    const { compare, read } = past();
    await compare(2.5);
    await compare(2.6);
    expect(read).toEqual([0, 1, 2, 2]);
  });

  it('forget the oldest units of many, so that memory stays as it is', async () => {
    const { compare, read } = past();
    await compare(70);
    read.length = 0;
    await compare(70);
    expect(read).toContain(0);
  });
});

it('shares and changes are written as people write them', () => {
  expect([0.1, 0.0999, 0.01, 0.00999, 0].map(rate)).toEqual(['10 %', '10.0 %', '1.0 %', '1.00 %', '0.00 %']);
  expect([1.234, 1, 0.96, 2].map(change)).toEqual(['+23 %', '0 %', '-4 %', '+100 %']);
});
