import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freezeCuts, shiftFor } from '../../../../src/lib/health/judging/latencyCuts.js';
import {
  comparableUnits,
  errorTick,
  latencyViews,
  ratingTick,
  type UnitCounts,
} from '../../../../src/lib/health/judging/units.js';

function unit(guild: string, changes: Partial<UnitCounts> = {}): UnitCounts {
  return { guild, arm: 'control', isRandomised: true, runs: 10, failures: 0, durations: {}, ...changes };
}

const offset = (): number => 0.1;

describe('errorTick', () => {
  it('counts a guild once, however many of its commands failed', () => {
    const parts = [
      unit('a', { arm: 'canary', runs: 500, failures: 400 }),
      unit('b', { arm: 'canary' }),
      unit('c', { failures: 1 }),
      unit('d'),
    ];
    const tick = errorTick(comparableUnits(parts), (guild) => ({ a: 0.3, b: 0.1, c: 0.05 })[guild] ?? 0.2);
    expect(tick).toEqual({ canary: { bad: 1, exposure: 0.4 }, control: { bad: 1, exposure: 0.25 } });
  });

  it('adds up what several processes saw of one guild, in whatever order', () => {
    const parts = [
      unit('a', { failures: 0 }),
      unit('a', { failures: 2 }),
      unit('b', { failures: 1 }),
      unit('b'),
    ];
    const expected = { canary: { bad: 0, exposure: 0 }, control: { bad: 2, exposure: 0.2 } };
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (shuffled) => {
        expect(errorTick(comparableUnits(shuffled), offset)).toEqual(expected);
      }),
    );
  });
});

describe('comparableUnits', () => {
  it('drops a guild that was served both arms', () => {
    const parts = [unit('a'), unit('a', { arm: 'canary', failures: 3 }), unit('b')];
    const { units, dropped } = comparableUnits(parts);
    expect(units.map(({ guild }) => guild)).toEqual(['b']);
    expect(dropped).toEqual(['a']);
  });

  it('leaves out guilds that chose themselves, without calling them dropped', () => {
    const parts = [unit('a', { arm: 'canary', isRandomised: false }), unit('a'), unit('b')];
    const { units, dropped } = comparableUnits(parts);
    expect(units.map(({ guild }) => guild)).toEqual(['b']);
    expect(dropped).toEqual([]);
  });

  it('does not count a guild that did nothing', () => {
    expect(comparableUnits([unit('a', { runs: 0 })]).units).toEqual([]);
  });
});

describe('latencyViews', () => {
  it('brings one view a cut, and treats a canary slower by the margin as equal', () => {
    const durations = { 10: 5, 11: 3, 12: 1, 13: 1 };
    const slower = { 11: 5, 12: 3, 13: 1, 14: 1 };
    const cuts = freezeCuts(durations);
    const parts = [unit('a', { arm: 'canary', durations: slower }), unit('b', { durations })];
    const views = latencyViews(comparableUnits(parts), cuts, shiftFor(1.5), (_, cut) => cut.slower);
    expect(views).toHaveLength(5);
    views.forEach(({ canary, control }, i) => {
      expect(canary).toEqual(control);
      expect(control).toEqual({ bad: cuts[i]!.slower, exposure: cuts[i]!.slower });
    });
  });

  it('leaves out a guild whose runs were not timed', () => {
    const cuts = freezeCuts({ 1: 1, 2: 1 });
    const views = latencyViews(comparableUnits([unit('a')]), cuts, shiftFor(1.5), offset);
    expect(views[0]!.control.exposure).toBe(0);
  });
});

describe('ratingTick', () => {
  it('makes five stars good and one star bad', () => {
    const tick = ratingTick([
      { arm: 'canary', stars: 1 },
      { arm: 'canary', stars: 3 },
      { arm: 'control', stars: 5 },
    ]);
    expect(tick).toEqual({ canary: { bad: 1.5, exposure: 2 }, control: { bad: 0, exposure: 1 } });
  });
});
