import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DailyCounts } from '../../../src/lib/state/DailyCounts.js';
import type { Counters, Store } from '../../../src/lib/state/Store.js';
import { lmdbGround } from '../../support/lmdbGround.js';

const day = (date: string): number => Date.parse(`2026-05-${date}T12:00:00Z`);

let ground: Awaited<ReturnType<typeof lmdbGround>>;
let store: Store;
beforeAll(async () => {
  ground = await lmdbGround();
  store = await ground.open('counts');
});
afterAll(async () => {
  await store.close();
  await ground.dispose();
});

function counting(prefix: string, counters: Counters = store.counters) {
  const time = { at: day('03') };
  const clock = { now: () => time.at };
  return { time, counts: new DailyCounts({ counters, clock, random: randomBytes, prefix, keptDays: 2 }) };
}

it('adds up what several processes count, by day', async () => {
  const [one, two] = [counting('sums:'), counting('sums:')];
  one.counts.add('a');
  two.counts.add('a', 2);
  two.counts.add('b');
  await one.counts.flush();
  await two.counts.flush();
  one.time.at = day('04');
  one.counts.add('a', 5);
  await one.counts.flush();
  const days = (await one.counts.read()).map(({ day: at, counts }) => [at, Object.fromEntries(counts)]);
  expect(days).toEqual([
    [Date.UTC(2026, 4, 3), { a: 3, b: 1 }],
    [Date.UTC(2026, 4, 4), { a: 5 }],
  ]);
});

it('counts once what was flushed twice because the first answer was lost', async () => {
  let isAnswered = false;
  const forgetful: Counters = {
    ...bindAll(store.counters),
    add: async (batch, additions) => {
      await store.counters.add(batch, additions);
      if (!isAnswered) throw new Error('no answer');
    },
  };
  const { counts } = counting('twice:', forgetful);
  counts.add('a');
  await expect(counts.flush()).rejects.toThrow('no answer');
  counts.add('a');
  isAnswered = true;
  await counts.flush();
  await counts.flush();
  expect((await counts.read()).map(({ counts: sums }) => sums.get('a'))).toEqual([2]);
});

it('reads what it counted itself before that is flushed, and once after', async () => {
  const { counts } = counting('soon:');
  const read = async () => (await counts.read()).map(({ counts: sums }) => Object.fromEntries(sums));
  counts.add('a');
  expect(await read()).toEqual([{ a: 1 }]);
  await counts.flush();
  expect(await read()).toEqual([{ a: 1 }]);
  counts.add('a');
  counts.add('b');
  expect(await read()).toEqual([{ a: 2, b: 1 }]);
});

it('drops days that are outlived', async () => {
  const { time, counts } = counting('old:');
  counts.add('a');
  await counts.flush();
  time.at = day('06');
  counts.add('b');
  await counts.flush();
  expect(await store.counters.buckets('old:')).toEqual(['old:2026-05-06']);
});

function bindAll(counters: Counters): Counters {
  return {
    add: (batch, additions) => counters.add(batch, additions),
    read: (bucket) => counters.read(bucket),
    buckets: (prefix) => counters.buckets(prefix),
    drop: (buckets) => counters.drop(buckets),
  };
}
