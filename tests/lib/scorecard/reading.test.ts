/** What is read for a report: which days, which words, which features, which tickets. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Collecting } from '../../../src/lib/scorecard/Collecting.js';
import {
  bucketOf,
  daySchema,
  dayMs,
  dayOf,
  fields,
  keptDays,
  outlived,
  readDay,
} from '../../../src/lib/scorecard/Day.js';
import type { Series } from '../../../src/lib/scorecard/engineering/series.js';
import { readBaseline } from '../../../src/lib/scorecard/baseline.js';
import { readDays, readMaterial, type ReadingOptions } from '../../../src/lib/scorecard/reading.js';
import {
  errorRate,
  memory,
  responseTime,
  storeTrip,
  successRate,
} from '../../../src/lib/scorecard/statistics.js';
import { countsSeries, dayOf as feedbackDay } from '../../../src/lib/health/feedback/series.js';
import { fineBucket } from '../../../src/lib/health/judging/latencyBuckets.js';
import type { Store } from '../../../src/lib/state/Store.js';
import { type House, openHouse } from '../alerts/dispatch/house.js';

const today = Date.UTC(2026, 4, 20);
const now = today + 5 * 3_600_000;

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

type Flag = ReturnType<ReadingOptions['flags']['list']>[number];
const flag = (more: object = {}): Flag =>
  ({
    ...{
      key: 'a',
      archived: null,
      enabled: true,
      killed: null,
      created: { at: now - dayMs },
      kind: 'release',
    },
    ...more,
  }) as unknown as Flag;

function options(more: Partial<ReadingOptions> = {}): ReadingOptions {
  const { counters } = house.store;
  const overview = () => ({ guildsOn: 80, outOf: 100, denied: 5, keptOff: 5 });
  return {
    store: { counters, ledger: { series: () => Promise.resolve([]) } } as unknown as ReadingOptions['store'],
    feedback: { said: () => Promise.resolve([]) },
    flags: { list: () => [flag()], overview },
    ...more,
  };
}

async function count(days: readonly number[]): Promise<void> {
  for (const day of days) {
    const bucket = bucketOf(today - day * dayMs);
    await house.store.counters.add(`t${day}`, [{ bucket, field: fields.runs, by: 100 + day }]);
  }
}

describe('a report', () => {
  it('is of the last seven whole days, and the seven before', async () => {
    await count(Array.from({ length: 17 }, (_, day) => day));
    const { week, weekBefore } = await readMaterial(options(), now, null, {});
    expect(week.map(({ runs }) => runs)).toEqual([107, 106, 105, 104, 103, 102, 101]);
    expect(weekBefore.map(({ runs }) => runs)).toEqual([114, 113, 112, 111, 110, 109, 108]);
  });

  it('leaves days out on which nothing was counted, and mixes none up', async () => {
    await count([1, 9, 20, 29]);
    const days = await readDays(house.store.counters, today - 30 * dayMs, today);
    expect(days.map(({ day, runs }) => [(today - day) / dayMs, runs])).toEqual([
      ...[
        [29, 129],
        [20, 120],
        [9, 109],
        [1, 101],
      ],
    ]);
  });

  it('counts tickets that were pushed in the last two weeks alone', async () => {
    const pushed = async (...days: number[]) => {
      const points = days.map((day) => ({ at: now - day * dayMs, value: 10 + day, version: null }));
      const series: Series = { baseline: { value: 9, at: 0 }, points };
      return (await readMaterial(options(), now, null, { 'support-tickets': series })).tickets;
    };
    expect(await pushed(7, 0)).toEqual({ value: 10, baseline: 9, before: 17 });
    expect(await pushed(14)).toEqual({ value: 24, baseline: 9, before: null });
    expect(await pushed(14.1)).toBeNull();
    expect(await pushed()).toBeNull();
  });

  it('counts features that came within 90 days and are on, among guilds that nobody excluded', async () => {
    const adopted = async (...flags: Flag[]) => {
      const known = { ...options().flags, list: () => flags };
      return (await readMaterial(options({ flags: known }), now, null, {})).adopted;
    };
    expect(await adopted(flag())).toEqual([{ flag: 'a', guildsOn: 80, eligible: 90 }]);
    expect(await adopted(flag({ created: { at: now - 90 * dayMs + 1 } }))).toHaveLength(1);
    for (const not of [
      { created: { at: now - 90 * dayMs } },
      ...[{ archived: {} }, { enabled: false }, { killed: {} }, { kind: 'ops' }],
    ]) {
      expect(await adopted(flag(not)), JSON.stringify(not)).toEqual([]);
    }
    const overview = () => ({ guildsOn: 95, outOf: 100, denied: 5, keptOff: 5 });
    const more = await readMaterial(options({ flags: { list: () => [flag()], overview } }), now, null, {});
    expect(more.adopted).toEqual([{ flag: 'a', guildsOn: 95, eligible: 95 }]);
  });

  it('knows reports from ratings, and asks for each feature of the two weeks once', async () => {
    const asked: string[] = [];
    const day = feedbackDay(today);
    const names = [
      countsSeries(day - 3, 'greeting'),
      countsSeries(day - 2, 'greeting'),
      countsSeries(day - 2, 'b'),
    ];
    const ledger = {
      series: (from: string, to: string) =>
        Promise.resolve(names.filter((name) => name >= from && name < to)),
    };
    const feedback = {
      said: (feature: string, from: number, to: number) => {
        asked.push(`${feature} ${(today - from) / dayMs} ${(today - to) / dayMs}`);
        return Promise.resolve([{ severity: 'high' }, { stars: 4 }, { stars: 2, severity: 'low' }] as never);
      },
    };
    const store = { counters: house.store.counters, ledger } as never;
    const { said, saidBefore } = await readMaterial(options({ feedback, store }), now, null, {});
    expect(said).toEqual({ reports: 4, stars: [4, 2, 4, 2] });
    expect(saidBefore).toEqual({ reports: 0, stars: [] });
    expect(asked).toEqual(['greeting 7 0', 'b 7 0']);
  });
});

describe('a day', () => {
  it('is kept for 400, and other counters are left alone', () => {
    expect(keptDays).toBe(400);
    expect(outlived(bucketOf(today - 400 * dayMs), now)).toBe(false);
    expect(outlived(bucketOf(today - 401 * dayMs), now)).toBe(true);
    expect(outlived('heartbeat:2020-01-01', now)).toBe(false);
    expect(dayOf(now)).toBe(today);
  });

  it('on which nothing was counted is none; what was not counted on it is nothing', () => {
    expect(readDay(today, new Map())).toBeUndefined();
    const day = readDay(
      today,
      new Map([
        [fields.duration(7), 3],
        [fields.storeTrip(-2), 4],
        ['duration.x', 9],
      ]),
    );
    expect(day).toEqual({
      ...{ day: today, runs: 0, failures: 0, mebibytes: 0, memorySamples: 0 },
      ...{ durations: { 7: 3 }, storeTrips: { '-2': 4 } },
    });
    expect(daySchema.safeParse(day).success).toBe(true);
  });

  it('says nothing of what nobody did on it', () => {
    const day = readDay(today, new Map([[fields.duration(7), 0]]))!;
    expect([errorRate, successRate, memory, responseTime, storeTrip].map((of) => of([day]))).toEqual(
      Array(5).fill(null),
    );
    expect(errorRate([{ ...day, runs: 99, failures: 1 }])).toBe(0.015);
    expect(successRate([{ ...day, runs: 100, failures: 1 }])).toBe(0.99);
    expect(memory([{ ...day, mebibytes: 900, memorySamples: 3 }])).toBe(300);
  });

  it('of a baseline that cannot be read makes it none', () => {
    const setBy = { id: '1', name: 'ada', at: 1 };
    const baseline = { from: 0, to: 1, days: [], reports: 2, setBy };
    expect(readBaseline({ v: 1, schema: 1, baseline })).toEqual(baseline);
    expect(
      readBaseline({ v: 1, schema: 1, baseline: { ...baseline, setBy: { name: 'ada', at: 1 } } }),
    ).toBeNull();
    expect(readBaseline(null)).toBeNull();
  });
});

describe('what is sampled', () => {
  const collecting = (latencyMs: number | undefined, mebibytes: readonly (number | undefined)[]) =>
    new Collecting({
      store: Object.assign(Object.create(house.store) as Store, {
        health: () => Promise.resolve({ latencyMs }),
      }),
      random: (size) => crypto.getRandomValues(new Uint8Array(size)),
      clock: { now: () => now },
      records: {
        ...{ baseUnits: () => Promise.resolve([]), settledUntil: () => Promise.resolve(now) },
        processes: () =>
          Promise.resolve(
            mebibytes.map((one) => ({
              memory:
                one === undefined
                  ? []
                  : [
                      { at: 0, bytes: 1 },
                      { at: 1, bytes: one * 1024 * 1024 },
                    ],
            })) as never,
          ),
      },
    });
  const counted = async () => Object.fromEntries(await house.store.counters.read(bucketOf(today)));

  it('is the median process’s newest memory, in mebibytes, and the store’s round trip', async () => {
    await collecting(2, [100, 300, 200, undefined]).turn(house.fence);
    expect(await counted()).toEqual({
      [fields.mebibytes]: 200,
      [fields.memorySamples]: 1,
      [fields.storeTrip(fineBucket(2))]: 1,
    });
  });

  it('is nothing where nobody says anything', async () => {
    await collecting(undefined, []).turn(house.fence);
    expect(await counted()).toEqual({});
  });
});
