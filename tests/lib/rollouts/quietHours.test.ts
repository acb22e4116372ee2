import { describe, expect, it } from 'vitest';
import { isQuiet, quietUntil } from '../../../src/lib/rollouts/quietHours.js';
import { judgedTimeFrom, movedOn } from '../../../src/lib/rollouts/judging/judgedTime.js';
import { has, withUnit } from '../../../src/lib/rollouts/judging/spans.js';
import { World, shortPlan } from './World.js';

const nights = { from: 22 * 60, to: 7 * 60, timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5] };

describe('quiet hours', () => {
  it.each([
    // Berlin is at UTC+2 in May; 4 May 2026 is a Monday.
    ['2026-05-04T19:59Z', false],
    ['2026-05-04T20:00Z', true],
    ['2026-05-05T04:59Z', true],
    ['2026-05-05T05:00Z', false],
    ['2026-05-03T21:00Z', false],
    ['2026-05-04T03:00Z', false],
    ['2026-05-09T03:00Z', true],
  ])('%s: %s', (at, quiet) => {
    expect(isQuiet(nights, Date.parse(at))).toBe(quiet);
  });

  it('say when they end', () => {
    expect(quietUntil(nights, Date.parse('2026-05-04T23:30:10Z'))).toBe(Date.parse('2026-05-05T05:00Z'));
    expect(quietUntil(nights, Date.parse('2026-05-05T12:00Z'))).toBeNull();
    expect(quietUntil(null, 0)).toBeNull();
  });

  it('hold a step that is over until the morning', async () => {
    const always = { from: 0, to: 0, timeZone: 'UTC', days: [0, 1, 2, 3, 4, 5, 6] };
    const world = await World.open({ plan: { ...shortPlan, quietHours: { ...always, to: 24 * 60 - 1 } } });
    await world.start(undefined);
    await world.units(3);
    expect(await world.status()).toMatchObject({ state: 'waiting', reach: { guilds: 0 } });
    expect((await world.status()).obstacle).toContain('Quiet hours');
  });
});

describe('judged time', () => {
  const begin = { now: 0, realNow: 0, speed: 1, storeWasAway: false };
  const after = (now: number, realNow = now, rest: Partial<typeof begin> = {}) =>
    movedOn(judgedTimeFrom(begin), { ...begin, now, realNow, ...rest });

  it('goes on with the clock', () => {
    expect(after(30_000)).toMatchObject({ judgedMs: 30_000, gap: null });
    expect(after(3_600_000, 1_000, { speed: 3_600 })).toMatchObject({ judgedMs: 3_600_000, gap: null });
  });

  it('counts nothing for a silence, a store that was away, and a clock that was set', () => {
    expect(after(3_600_000)).toMatchObject({ judgedMs: 0, gap: { n: 1, cause: 'silence', ms: 3_600_000 } });
    expect(after(3_600_000, 3_600_000, { storeWasAway: true })).toMatchObject({ gap: { cause: 'store' } });
    expect(after(3_600_000, 30_000)).toMatchObject({ judgedMs: 0, gap: { cause: 'clock' } });
    expect(after(-3_600_000, 30_000)).toMatchObject({ judgedMs: 0, gap: { cause: 'clock' } });
  });
});

describe('units that were taken in', () => {
  it('are kept as spans, each once', () => {
    const spans = [5, 3, 4, 9, 5].reduce<readonly (readonly [number, number])[]>(withUnit, []);
    expect(spans).toEqual([
      [3, 5],
      [9, 9],
    ]);
    expect([2, 3, 5, 6, 9].map((unit) => has(spans, unit))).toEqual([false, true, true, false, true]);
  });
});
