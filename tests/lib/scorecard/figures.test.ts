import { expect, it } from 'vitest';
import type { Day } from '../../../src/lib/scorecard/Day.js';
import { dayMs } from '../../../src/lib/scorecard/Day.js';
import type { Figure } from '../../../src/lib/scorecard/Figure.js';
import { figures } from '../../../src/lib/scorecard/figures.js';
import { uptimeOf } from '../../../src/lib/scorecard/uptime.js';
import type { Material } from '../../../src/lib/scorecard/Material.js';
import { coarseBucket, fineBucket } from '../../../src/lib/health/judging/latencyBuckets.js';

const begin = Date.UTC(2026, 4, 4);

/** A day of about these; every other day is a little different, as days are. */
function day(at: number, { runs = 10_000, errors = 0.01, ms = 100, mib = 200, store = 2 } = {}): Day {
  const wobble = 1 + (at % 2 === 0 ? 0.02 : -0.02);
  return {
    day: begin + at * dayMs,
    runs,
    failures: Math.round(runs * errors * wobble),
    durations: {
      [coarseBucket(fineBucket(ms))]: Math.round(runs * (0.9 + wobble / 100)),
      [coarseBucket(fineBucket(ms)) + 1]: Math.round(runs * 0.1),
    },
    storeTrips: { [fineBucket(store)]: 700 + at, [fineBucket(store) + 1]: 700 },
    mebibytes: Math.round(mib * wobble) * 10,
    memorySamples: 10,
  };
}

const week = (facts?: Parameters<typeof day>[1]): Day[] =>
  Array.from({ length: 7 }, (_, at) => day(at, facts));

const nothing: Material = {
  now: begin + 20 * dayMs,
  week: [],
  weekBefore: [],
  baseline: null,
  uptime: undefined,
  uptimeBefore: undefined,
  said: { reports: 0, stars: [] },
  saidBefore: { reports: 0, stars: [] },
  tickets: null,
  adopted: [],
};
const baseline = (days = week()) => ({
  ...{ from: begin, to: begin + 6 * dayMs, days, reports: 20 },
  setBy: { id: '1', name: 'ada', at: begin },
});

function named(all: readonly Figure[], name: string): Figure {
  const found = all.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no figure ${name}.`);
  return found;
}

it('there are nine, and what was never measured is unknown and says what to do', () => {
  const all = figures(nothing);
  expect(all.map(({ name }) => name)).toEqual([
    ...['uptime', 'response-time', 'errors', 'memory', 'store-latency', 'command-success'],
    ...['satisfaction', 'support-tickets', 'adoption'],
  ]);
  for (const one of all) {
    expect(one).toMatchObject({ value: null, verdict: 'unknown', shown: 'unknown', trend: null });
    expect(one.basis.length).toBeGreaterThan(10);
  }
});

it('without a baseline what is compared is unknown, with its present value', () => {
  const errors = named(figures({ ...nothing, week: week() }), 'errors');
  expect(errors.verdict).toBe('unknown');
  expect(errors.basis).toContain('1.0');
  expect(errors.basis).toContain('/scorecard baseline');
});

it('the same as the baseline meets what allows some room, and is open where the room is narrower than the noise', () => {
  const all = figures({ ...nothing, week: week(), baseline: baseline() });
  expect(named(all, 'memory')).toMatchObject({ verdict: 'met' });
  expect(named(all, 'response-time')).toMatchObject({ verdict: 'met' });
  expect(named(all, 'errors').verdict).toBe('open');
  expect(named(all, 'errors').interval?.[0]).toBeLessThan(0.01);
});

it.each([
  ['memory', { mib: 260 }],
  ['errors', { errors: 0.02 }],
  ['response-time', { ms: 400 }],
  ['store-latency', { store: 3 }],
  ['command-success', { errors: 0.02 }],
] as const)('surely worse is missed: %s', (name, facts) => {
  const all = figures({ ...nothing, week: week(facts), weekBefore: week(), baseline: baseline() });
  expect(named(all, name)).toMatchObject({ verdict: 'missed', trend: 'worse' });
});

it('a trend is what noise does not explain', () => {
  const trendOf = (now: Day[], before: Day[]) =>
    named(figures({ ...nothing, week: now, weekBefore: before, baseline: baseline() }), 'memory').trend;
  expect(trendOf(week({ mib: 201 }), week())).toBe('same');
  expect(trendOf(week({ mib: 220 }), week())).toBe('worse');
  expect(trendOf(week(), week({ mib: 220 }))).toBe('better');
});

it('too few days for an interval decide nothing', () => {
  const all = figures({ ...nothing, week: week().slice(0, 2), baseline: baseline() });
  expect(named(all, 'memory')).toMatchObject({ verdict: 'open', interval: null });
  expect(named(all, 'memory').basis).toContain('Too few days');
});

it('satisfaction is decided by its interval, and one rating decides nothing', () => {
  const rated = (stars: number[]) =>
    named(figures({ ...nothing, said: { reports: 0, stars } }), 'satisfaction');
  expect(rated([5]).verdict).toBe('open');
  expect(rated(Array(40).fill(5) as number[]).verdict).toBe('met');
  expect(rated([...(Array(20).fill(4) as number[]), ...(Array(20).fill(3) as number[])]).verdict).toBe(
    'missed',
  );
});

it('tickets are reports, until somebody pushes a count of their own', () => {
  const said = { reports: 100, stars: [] };
  expect(named(figures({ ...nothing, said, baseline: baseline() }), 'support-tickets')).toMatchObject({
    verdict: 'missed',
  });
  const tickets = { value: 10, baseline: 100, before: 60 };
  const pushed = named(figures({ ...nothing, said, baseline: baseline(), tickets }), 'support-tickets');
  expect(pushed).toMatchObject({ verdict: 'met', trend: 'better' });
});

it('adoption counts every new feature’s eligible guilds', () => {
  const adopted = [
    { flag: 'a', guildsOn: 90, eligible: 100 },
    { flag: 'b', guildsOn: 80, eligible: 100 },
  ];
  expect(named(figures({ ...nothing, adopted }), 'adoption')).toMatchObject({ value: 0.85, verdict: 'met' });
});

it('every minute that nobody was there counts against uptime, and a gap is known to the minute', () => {
  const minutes = new Set(
    Array.from({ length: 10_000 }, (_, at) => 1_000 + at).filter((at) => at % 5_000 !== 7),
  );
  const uptime = uptimeOf(minutes, 0, 11_000);
  expect(uptime).toMatchObject({ minutes: 10_000, share: 0.9998 });
  expect(uptime?.gaps).toEqual([
    { from: 5_007 * 60_000, to: 5_008 * 60_000 },
    { from: 10_007 * 60_000, to: 10_008 * 60_000 },
  ]);
  expect(uptime?.interval[0]).toBeCloseTo(0.9996, 9);
  expect(uptime?.interval[1]).toBe(1);
  expect(named(figures({ ...nothing, uptime }), 'uptime').verdict).toBe('met');
});

it('an hour away in two days misses 99.9 %, and the minutes before the first heartbeat do not count', () => {
  const minutes = new Set(
    Array.from({ length: 2_880 }, (_, at) => 50_000 + at).filter((at) => at < 51_000 || at >= 51_060),
  );
  const uptime = uptimeOf(minutes, 0, 52_880);
  expect(uptime?.gaps).toHaveLength(1);
  expect(named(figures({ ...nothing, uptime }), 'uptime').verdict).toBe('missed');
});
