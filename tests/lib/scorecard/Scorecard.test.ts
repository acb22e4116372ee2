import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../../src/lib/state/Store.js';
import { Collecting } from '../../../src/lib/scorecard/Collecting.js';
import { bucketOf, dayMs, fields } from '../../../src/lib/scorecard/Day.js';
import { BadMetrics } from '../../../src/lib/scorecard/engineering/readPush.js';
import { NoDaysYet } from '../../../src/lib/scorecard/errors.js';
import { Heartbeat } from '../../../src/lib/scorecard/Heartbeat.js';
import { foldHeartbeats, heartbeatOf } from '../../../src/lib/scorecard/heartbeatDays.js';
import { readUptime } from '../../../src/lib/scorecard/uptime.js';
import { Scorecard } from '../../../src/lib/scorecard/Scorecard.js';
import { reporting } from '../../../src/lib/control/duties/keepingScore.js';
import { unitMs } from '../../../src/lib/health/judging/units.js';
import { type House, openHouse } from '../alerts/dispatch/house.js';

const minuteMs = 60_000;
const begin = Date.UTC(2026, 4, 4);
const random = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size));
const ada = { id: '1', name: 'ada' };

let house: House;
let now = begin;
let real = 0;
beforeEach(async () => {
  house = await openHouse();
  [now, real] = [begin, 0];
});
afterEach(() => house.close());

const scorecard = (store: Store = house.store): Scorecard =>
  new Scorecard({
    store,
    random,
    clock: { now: () => now },
    feedback: { said: () => Promise.resolve([]) },
    flags: { list: () => [], overview: () => ({ guildsOn: 0, outOf: 0, denied: 0, keptOff: 0 }) },
  });

async function count(days: number): Promise<void> {
  for (let day = 0; day < days; day++) {
    const bucket = bucketOf(begin + day * dayMs);
    await house.store.counters.add(`t${day}`, [
      { bucket, field: fields.runs, by: 1_000 + day },
      { bucket, field: fields.failures, by: 2 },
      { bucket, field: fields.duration(10), by: 1_000 },
    ]);
  }
  now = begin + days * dayMs + 5 * minuteMs;
}

it('a baseline needs three days, and is what later weeks are compared with', async () => {
  await count(2);
  await expect(scorecard().setBaseline(ada)).rejects.toThrow(NoDaysYet);
  await count(7);
  const report = await scorecard().setBaseline(ada);
  expect(report.baseline).toEqual({ from: begin, to: begin + 6 * dayMs, setBy: 'ada' });
  expect(report.figures.find(({ name }) => name === 'response-time')).toMatchObject({ value: 0 });
  expect(report.daily.errors.points).toHaveLength(7);
  expect(report.daily.errors.usual).toBeCloseTo(0.0021, 4);
  expect((await house.store.audit.read({ limit: 1 }))[0]?.body).toMatchObject({ kind: 'scorecard' });
});

it('a day on which nothing was measured is a gap in the chart', async () => {
  await count(2);
  now += 2 * dayMs;
  const { daily } = await scorecard().report();
  expect(daily.memory.usual).toBeNull();
  expect(daily.responseTimes.points.map(([day, value]) => [(day - begin) / dayMs, value === null])).toEqual([
    [0, false],
    [1, false],
    [2, true],
    [3, true],
  ]);
});

it('what CI pushes is compared with the first push, or with the baseline that it pushes', async () => {
  await scorecard().takeMetrics({
    event: 'metrics',
    version: '1.0',
    metrics: { 'test-coverage': 5.5, 'code-duplication': 10 },
  });
  now += dayMs;
  await scorecard().takeMetrics({ metrics: { 'test-coverage': 81, 'code-duplication': 4 } });
  const { engineering } = await scorecard().report();
  const of = (name: string) => engineering.find((one) => one.name === name);
  expect(of('test-coverage')).toMatchObject({ verdict: 'met', value: 81, trend: 'better' });
  expect(of('test-coverage')?.basis).toContain('baseline 5.5 %');
  expect(of('code-duplication')).toMatchObject({ verdict: 'met' });
  expect(of('technical-debt')).toMatchObject({ verdict: 'unknown' });
  await scorecard().takeMetrics({ baseline: { 'code-duplication': 5 } });
  const later = (await scorecard().report()).engineering.find(({ name }) => name === 'code-duplication');
  expect(later).toMatchObject({ verdict: 'missed', shown: '-20 %' });
});

it('the same delivery is taken once', async () => {
  const push = () => scorecard().takeMetrics({ metrics: { 'support-tickets': 4 } }, 'hook.1');
  await push();
  await push();
  const [document] = await house.store.getMany('settings', ['scorecard.metrics']);
  expect(document?.series).toMatchObject({ 'support-tickets': { points: [{ value: 4 }] } });
});

it('two that push at once both count', async () => {
  let isFirst = true;
  const commit: Store['commit'] = async (one) => {
    if (isFirst) {
      isFirst = false;
      await scorecard().takeMetrics({ metrics: { 'test-coverage': 70 } });
    }
    return house.store.commit(one);
  };
  const meeting: Store = Object.create(house.store, { commit: { value: commit } }) as Store;
  await scorecard(meeting).takeMetrics({ metrics: { 'technical-debt': 9 } });
  const [document] = await house.store.getMany('settings', ['scorecard.metrics']);
  expect(Object.keys(document?.series as object).sort()).toEqual(['technical-debt', 'test-coverage']);
});

it.each([
  [null],
  [[]],
  [{}],
  [{ metrics: {} }],
  [{ metrics: { coverage: 1 } }],
  [{ metrics: { 'test-coverage': 'x' } }],
  [{ metrics: { 'test-coverage': -1 } }],
])('what is no push is refused and changes nothing: %j', async (body) => {
  await expect(scorecard().takeMetrics(body)).rejects.toThrow(BadMetrics);
  expect((await house.store.getMany('settings', ['scorecard.metrics']))[0] ?? null).toBeNull();
});

it('a quarter hour is added to its day once, whoever dies in between', async () => {
  const guilds = [{ guild: '1', runs: 10, failures: 1, durations: { 5: 10 } }];
  const collecting = (store: Store = house.store): Collecting =>
    new Collecting({
      store,
      random,
      clock: { now: () => now },
      records: {
        baseUnits: (unit) => Promise.resolve([{ unit, guilds }]),
        settledUntil: () => Promise.resolve(now),
        processes: () => Promise.resolve([]),
      },
    });
  await collecting().turn(house.fence);
  now += 2 * unitMs + 2 * minuteMs;
  const commit: Store['commit'] = () => Promise.reject(new Error('died'));
  const dying: Store = Object.create(house.store, { commit: { value: commit } }) as Store;
  await expect(collecting(dying).turn(house.fence)).rejects.toThrow('died');
  await collecting().turn(house.fence);
  await collecting().turn(house.fence);
  const counts = await house.store.counters.read(bucketOf(begin));
  expect([counts.get('runs'), counts.get('failures'), counts.get('duration.5')]).toEqual([20, 2, 20]);
});

it('a process that was not there leaves a gap; two processes fill each other’s', async () => {
  let isUp = true;
  const make = () =>
    new Heartbeat({
      ...{ counters: house.store.counters, random, isUp: () => isUp },
      ...{ domainTime: { now: () => now }, realTime: { now: () => real } },
    });
  const beat = async (heart: Heartbeat, minutes: number): Promise<void> => {
    for (let minute = 0; minute < minutes; minute++) {
      await heart.beat();
      now += minuteMs;
      real += minuteMs;
    }
  };
  await beat(make(), 30);
  now += 10 * minuteMs;
  real += 10 * minuteMs;
  await beat(make(), 20);
  isUp = false;
  await beat(make(), 5);
  isUp = true;
  await beat(make(), 5);
  const uptime = await readUptime(house.store.counters, begin - dayMs, now);
  expect(uptime).toMatchObject({ minutes: 70, share: 55 / 70 });
  expect(uptime?.gaps.map(({ from, to }) => (to - from) / minuteMs)).toEqual([10, 5]);
});

it('a process that stood still was not there, although it is the same one afterwards', async () => {
  const heart = new Heartbeat({
    ...{ counters: house.store.counters, random, isUp: () => true },
    ...{ domainTime: { now: () => now }, realTime: { now: () => real } },
  });
  await heart.beat();
  now += 10 * minuteMs;
  real += 10 * minuteMs;
  await heart.beat();
  now += minuteMs;
  const uptime = await readUptime(house.store.counters, begin, now);
  expect(uptime?.gaps.map(({ from, to }) => (to - from) / minuteMs)).toEqual([9]);
});

it('time that is sped up leaves no gaps', async () => {
  const heart = new Heartbeat({
    ...{ counters: house.store.counters, random, isUp: () => true },
    ...{ domainTime: { now: () => now }, realTime: { now: () => real } },
  });
  for (let turn = 0; turn < 5; turn++) {
    await heart.beat();
    now += 700 * minuteMs;
    real += 5_000;
  }
  const uptime = await readUptime(house.store.counters, begin, now - 700 * minuteMs);
  expect(uptime?.share).toBe(1);
  expect(uptime?.minutes).toBe(4 * 700);
});

it('management hears once a week, whoever leads', async () => {
  const duty = () =>
    reporting({
      ...{ store: house.store, clock: { now: () => now } },
      report: () => Promise.resolve({ tone: 'info', title: 'Weekly scorecard' }),
    });
  const told = async () =>
    (await house.store.outbox.pending(10)).map(({ body }) => (body as { to: string }).to);
  await duty().turn(house.fence);
  expect(await told()).toEqual([]);
  now += 7 * dayMs;
  await duty().turn(house.fence);
  await duty().turn(house.fence);
  expect(await told()).toEqual(['management']);
});

it('folding a day to its gaps changes nothing that is read, and may be stopped in between', async () => {
  const { counters } = house.store;
  const there = (minute: number): boolean =>
    minute >= 90 && !(minute > 3_000 && minute <= 3_200) && minute !== 5_000;
  for (let day = 0; day < 5; day++) {
    const additions = Array.from({ length: 1_440 }, (_, at) => day * 1_440 + at)
      .filter(there)
      .map((at) => ({ bucket: heartbeatOf(begin + at * minuteMs), field: String(at % 1_440), by: 1 }));
    await counters.add(`day.${day}`, additions);
  }
  now = begin + 5 * dayMs;
  const before = await readUptime(counters, begin - dayMs, now);
  expect(before?.minutes).toBe(5 * 1_440 - 90);
  expect(before?.gaps.map(({ from, to }) => (to - from) / minuteMs)).toEqual([200, 1]);
  const stopped = { ...bound(counters), drop: () => Promise.reject(new Error('died')) };
  await expect(foldHeartbeats(stopped, now)).rejects.toThrow('died');
  expect(await readUptime(counters, begin - dayMs, now)).toEqual(before);
  // So much later that the store has forgotten the first addition.
  await foldHeartbeats({ ...bound(counters), add: (batch, all) => counters.add(`${batch} again`, all) }, now);
  expect(await readUptime(counters, begin - dayMs, now)).toEqual(before);
  expect(await counters.buckets('heartbeat:')).toHaveLength(2);
  await foldHeartbeats(counters, now + 70 * dayMs);
  expect(await counters.buckets('heartbeat')).toEqual([]);
});

function bound(counters: Store['counters']): Store['counters'] {
  return {
    add: (batch, additions) => counters.add(batch, additions),
    read: (bucket) => counters.read(bucket),
    buckets: (prefix) => counters.buckets(prefix),
    drop: (buckets) => counters.drop(buckets),
  };
}
