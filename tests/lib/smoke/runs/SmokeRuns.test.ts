import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TooLate, Unavailable } from '../../../../src/lib/state/errors.js';
import type { Fence, Following } from '../../../../src/lib/state/Store.js';
import { runPrefix } from '../../../../src/lib/smoke/runs/documents.js';
import { SmokeRuns, type SmokeRunsOptions } from '../../../../src/lib/smoke/runs/SmokeRuns.js';
import { SmokeRunner } from '../../../../src/lib/smoke/SmokeRunner.js';
import { noSmokeSettings } from '../../../../src/lib/smoke/SmokeSettings.js';
import type { Smoke } from '../../../../src/lib/smoke/SmokeTest.js';
import { type House, openHouse } from '../../alerts/dispatch/house.js';

const hour = 3_600_000;
const me = { id: '42', name: 'admin' };

let house: House;
let following: Following | undefined;
let isWell: boolean;
let tests: Smoke[];
let runs: SmokeRuns;

beforeEach(async () => {
  house = await openHouse();
  isWell = true;
  tests = [smoke('one'), smoke('two')];
  runs = await open();
});
afterEach(async () => {
  await following?.close();
  await house.close();
});

const smoke = (name: string, run?: Smoke['run']): Smoke => ({
  ...{ name, description: '', suites: ['smoke'], timeoutMs: 1_000 },
  run: run ?? (async () => [{ what: name, ok: isWell, detail: 'It is broken.' }]),
});

async function open(options: Partial<SmokeRunsOptions> = {}): Promise<SmokeRuns> {
  await following?.close();
  const { store, clock, logger } = house;
  const after = (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return { cancel: () => clearTimeout(timer) };
  };
  const runner = new SmokeRunner({ tests: () => tests, clock, after, warn: () => undefined });
  const opened = new SmokeRuns({
    ...{ store, runner, process: 'p1', release: '1.0.0', domainTime: clock, realTime: clock },
    ...{ settings: noSmokeSettings, random: (size: number) => crypto.getRandomValues(new Uint8Array(size)) },
    warn: (message) => logger.warn(message),
    ...options,
  });
  following = await store.follow(opened.follower);
  return opened;
}

const ask = { what: { suite: 'smoke' }, by: me } as const;
const titles = async () =>
  (await house.store.outbox.pending(100)).map(({ body }) => (body as { card: { title: string } }).card.title);

describe('a run', () => {
  it('is a document, and is remembered by every process', async () => {
    const { run, isKept } = await runs.run(ask);
    expect(isKept).toBe(true);
    expect(run).toMatchObject({ state: 'passed', created: { by: '42', name: 'admin' } });
    const other = await open();
    expect(other.list().map(({ id, state }) => [id, state])).toEqual([[run.id, 'passed']]);
    expect(await titles()).toEqual([]);
  });

  it('that failed is told with what failed and why', async () => {
    isWell = false;
    await runs.run(ask);
    expect(await titles()).toEqual(['2 smoke tests failed: one, two']);
    await runs.run({ ...ask, tells: false });
    expect(await titles()).toHaveLength(1);
  });

  it('is kept in few words, however much a test has to say', async () => {
    const detail = 'x'.repeat(100_000);
    tests = [
      smoke('loud', async () => Array.from({ length: 50 }, () => ({ what: detail, ok: false, detail }))),
    ];
    const { run, isKept } = await runs.run(ask);
    expect(isKept).toBe(true);
    expect(JSON.stringify(run).length).toBeLessThan(50_000);
  });

  it('goes on with the store away, and says that it is kept nowhere', async () => {
    const { store } = house;
    const away = {
      time: () => store.time(),
      getMany: () => Promise.reject(new Unavailable('away', 'none')),
      commit: () => Promise.reject(new Unavailable('away', 'none')),
    };
    const lonely = await open({ store: away });
    const { run, isKept } = await lonely.run(ask);
    expect([run.state, isKept]).toEqual(['passed', false]);
  });

  it('of something that there is not is refused', async () => {
    await expect(runs.run({ ...ask, what: { suite: 'nope' } })).rejects.toThrow('no suite "nope"');
    await expect(runs.run({ ...ask, what: { test: 'nope' } })).rejects.toThrow('no smoke test "nope"');
  });

  it('that begin at the same moment are all kept, however many there were before', async () => {
    const one = { ...ask, what: { test: 'one' } } as const;
    for (let nth = 0; nth < 50; nth += 1) await runs.run(one);
    const both = await Promise.all([runs.run(one), runs.run(one)]);
    expect(both.map(({ isKept }) => isKept)).toEqual([true, true]);
  }, 60_000);

  it('is no failure where the store was too slow to take it', async () => {
    const { store } = house;
    const slow = {
      time: () => store.time(),
      getMany: (...asked: Parameters<typeof store.getMany>) => store.getMany(...asked),
      commit: () => Promise.reject(new TooLate('The change reached the store too late.')),
    };
    const { run, isKept } = await (await open({ store: slow })).run(ask);
    expect([run.state, isKept]).toEqual(['passed', false]);
  });

  it('that somebody else wrote to in the same moment is kept as it ended', async () => {
    const { store } = house;
    let isFirst = true;
    const contested = {
      time: () => store.time(),
      getMany: (...asked: Parameters<typeof store.getMany>) => store.getMany(...asked),
      commit: async (order: Parameters<typeof store.commit>[0]) => {
        const [change] = order.changes;
        const isEnd = change?.expect !== 0;
        if (isEnd && isFirst && change !== undefined) {
          isFirst = false;
          await store.commit({ ...order, op: 'somebody-else', audit: [], outbox: [] });
        }
        return store.commit(order);
      },
    };
    const { run, isKept } = await (await open({ store: contested })).run(ask);
    expect([run.state, isKept, isFirst]).toEqual(['passed', true, false]);
  });

  it('says how each test is doing while it goes on', async () => {
    const seen = new Set<string>();
    await runs.run({
      ...ask,
      onTick: (ticks) => ticks.forEach(({ name, state }) => seen.add(`${name} ${state}`)),
    });
    expect([...seen].sort()).toEqual([
      ...['one passed', 'one running', 'two passed', 'two running', 'two waiting'],
    ]);
    expect(runs.ticksOf(runs.list()[0]?.id ?? '')).toBeUndefined();
  });
});

describe('the leader', () => {
  const fence = (): Fence => house.fence;

  it('says of a run whose process was gone that nobody knows', async () => {
    let end = (): void => undefined;
    tests = [smoke('endless', () => new Promise((resolve) => (end = () => resolve([]))))];
    const running = runs.run(ask);
    await expect.poll(() => runs.list()[0]?.state).toBe('running');
    const other = await open();
    house.clock.skip(60_000);
    await other.turn(fence());
    await expect.poll(() => other.list()[0]?.state).toBe('lost');
    expect(await titles()).toEqual(['Nobody knows how the suite smoke went']);
    end();
    // The one that was thought lost ends all the same, and that counts for more.
    expect((await running).run.state).toBe('failed');
    await expect.poll(() => other.list()[0]?.state).toBe('failed');
  });

  it('runs the suite on schedule, and tells only what is news', async () => {
    const settings = { ...noSmokeSettings, everyMs: hour };
    const scheduled = await open({ settings });
    const turn = async (runsBefore: number) => {
      await scheduled.turn(fence());
      await expect
        .poll(() => scheduled.list().filter(({ state }) => state !== 'running').length)
        .toBe(runsBefore + 1);
      await scheduled.rest();
    };
    await turn(0);
    await scheduled.turn(fence());
    expect(scheduled.list()).toHaveLength(1);
    isWell = false;
    for (const before of [1, 2]) {
      house.clock.skip(hour);
      await turn(before);
    }
    isWell = true;
    house.clock.skip(hour);
    await turn(3);
    expect(await titles()).toEqual(['2 smoke tests failed: one, two', 'Every smoke test passes again']);
  });

  it('keeps the newest fifty runs', async () => {
    for (let nth = 0; nth < 53; nth += 1) await runs.run({ ...ask, what: { test: 'one' } });
    const newest = runs.list().slice(0, 50);
    await runs.turn(fence());
    await expect.poll(() => runs.list().map(({ id }) => id)).toEqual(newest.map(({ id }) => id));
  }, 60_000);

  it('that goes away in mid-run tells of no failure: what was given up shows nothing', async () => {
    tests = [smoke('endless', () => new Promise(() => undefined))];
    const scheduled = await open({ settings: { ...noSmokeSettings, everyMs: hour } });
    await scheduled.turn(fence());
    await expect.poll(() => scheduled.list()[0]?.state).toBe('running');
    await scheduled.rest();
    await expect.poll(() => scheduled.list()[0]).toMatchObject({ state: 'lost', result: null });
    expect(await titles()).toEqual([]);
  });

  it('removes what a test of the store left behind', async () => {
    const change = { ns: 'deployments', key: 'smoke-probe.X', expect: 0, next: { schema: 1 } } as const;
    const notAfter = (await house.store.time()) + 5_000;
    await house.store.commit({ op: 'leftover', notAfter, changes: [change], audit: [], outbox: [] });
    await expect
      .poll(async () => (await house.store.getMany('deployments', ['smoke-probe.X']))[0])
      .not.toBeNull();
    const cleaning = await open();
    house.clock.skip(hour);
    await cleaning.turn(fence());
    expect((await house.store.getMany('deployments', ['smoke-probe.X']))[0]).toBeNull();
  });

  it('damaged runs are no runs', async () => {
    const change = { ns: 'deployments', key: `${runPrefix}BAD`, expect: 0, next: { schema: 1 } } as const;
    const notAfter = (await house.store.time()) + 5_000;
    await house.store.commit({ op: 'bad', notAfter, changes: [change], audit: [], outbox: [] });
    expect((await open()).list()).toEqual([]);
  });
});
