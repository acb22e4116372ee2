import { describe, expect, it } from 'vitest';
import { lnEvidence } from '../../../src/lib/health/judging/eProcess.js';
import type { Tick } from '../../../src/lib/health/judging/ticks.js';
import {
  intervalOfSource,
  noTicks,
  withTick,
} from '../../../src/lib/rollouts/judging/sources/sourceTicks.js';

const tick = (bad: number, exposure = 100): Tick => ({
  canary: { bad, exposure },
  control: { bad: 10, exposure: 10 * exposure },
});
const place = (from: number, begins = false, servedAt = 0) => ({ from, servedAt, begins });

describe('what another system counted, kept for the interval', () => {
  it('spans of one start are added up, and say together what they said one by one', () => {
    const ticks = [tick(2), tick(0), tick(3)];
    const kept = ticks.reduce((so, one, at) => withTick(so, one, place(at, at === 0)), noTicks);
    expect(kept).toEqual({
      from: 0,
      startsAt: [0],
      ticks: [{ canary: { bad: 5, exposure: 300 }, control: { bad: 30, exposure: 3_000 } }],
    });
    expect(lnEvidence(kept.ticks, { margin: 1 })).toBeCloseTo(lnEvidence(ticks, { margin: 1 }), 10);
  });

  it('nothing is added up over a start, nor over a change of what is served', () => {
    const first = withTick(noTicks, tick(1), place(10, true));
    const second = withTick(first, tick(1), place(20, true));
    const third = withTick(second, tick(1, 500), place(30, false, 25));
    expect(third.ticks).toHaveLength(3);
    expect(third.startsAt).toEqual([0, 1]);
    expect(withTick(third, tick(1, 500), place(40, false, 25)).ticks).toHaveLength(3);
  });

  it('the interval holds what was measured, and is unknown before anything was', () => {
    expect(intervalOfSource(undefined)).toBeNull();
    expect(intervalOfSource(noTicks)).toBeNull();
    const kept = withTick(
      noTicks,
      { canary: { bad: 40, exposure: 2_000 }, control: { bad: 200, exposure: 10_000 } },
      place(0, true),
    );
    const found = intervalOfSource(kept);
    expect(found?.ratio).toBeCloseTo(1, 10);
    expect(found?.lower).toBeGreaterThan(0.4);
    expect(found?.lower).toBeLessThan(1);
    expect(found?.upper).toBeGreaterThan(1);
    expect(found?.upper).toBeLessThan(2.5);
  });
});
