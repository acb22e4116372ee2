import { afterEach, beforeEach, expect, it } from 'vitest';
import { TooLate, Unavailable } from '../../../../src/lib/state/errors.js';
import { openStore } from '../../../../src/lib/state/openStore.js';
import type { Store } from '../../../../src/lib/state/Store.js';
import { commitOf, put, Watcher } from '../../../contract/commits.js';
import { describeRedis } from '../../../support/redis/available.js';
import { startRedis, type RedisProcess } from '../../../support/redis/server.js';
import { until } from '../../../support/redis/until.js';

const deadlineMs = 400;

describeRedis('when Redis has a bad day', () => {
  let redis: RedisProcess;
  let stores: Store[] = [];
  const open = async (): Promise<Store> => {
    const store = await openStore({ redisUrl: redis.url, dataDir: '', prefix: 'bad', deadlineMs });
    stores.push(store);
    return store;
  };
  beforeEach(async () => {
    redis = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
  });
  afterEach(async () => {
    redis.thaw();
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
    await redis.dispose();
  });
  /** Every key with what it holds. */
  const everything = async (): Promise<Record<string, unknown>> => {
    const keys = ((await redis.send('KEYS', '*')) as string[]).sort();
    return Object.fromEntries(
      await Promise.all(keys.map(async (key) => [key, await redis.send('DUMP', key)] as const)),
    );
  };
  const refusal = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('stopped: a change is refused at once and never happens; started again, everything goes on', async () => {
    const store = await open();
    const watcher = new Watcher();
    await store.follow(watcher);
    await store.commit(commitOf([put('a', 0)]));
    await until('the commit was told', () => watcher.told.length === 1);
    await redis.stop();
    await until('the follower knows', () => watcher.reached.at(-1) === false);
    // It may know before the connection that commits go through does: one sent into that gap is rightly "unknown".
    await until('the connection knows', async () => !(await store.health()).reachable);
    const commit = commitOf([put('b', 0)]);
    expect(await refusal(store.commit(commit))).toMatchObject({ code: 'UNAVAILABLE', outcome: 'none' });
    expect(await store.health()).toMatchObject({ reachable: false });
    await redis.start();
    await until('the follower knows', () => watcher.reached.at(-1) === true);
    expect(watcher.reloads).toHaveLength(1);
    expect(await store.outcome(commit.op)).toBeUndefined();
    expect((await store.commit(commitOf([put('c', 0)]))).seq).toBe(2);
    await until('commits are told again', () => watcher.told.length === 2);
  });

  it('frozen in mid-commit: nobody claims to know; thawed, the operation id tells, and a repetition changes nothing', async () => {
    const store = await open();
    const watcher = new Watcher();
    await store.follow(watcher);
    redis.freeze();
    const commit = commitOf([put('a', 0)], { outbox: [{ say: 'it' }] });
    const asked = performance.now();
    expect(await refusal(store.commit(commit))).toMatchObject({ code: 'UNAVAILABLE', outcome: 'unknown' });
    expect(performance.now() - asked).toBeLessThan(2000);
    redis.thaw();
    const receipt = await until('the outcome is known', () =>
      store.outcome(commit.op).catch(() => undefined),
    );
    expect(receipt).toMatchObject({ seq: 1, op: commit.op });
    expect(await store.commit(commit)).toEqual(receipt);
    expect(await store.outbox.pending(9)).toHaveLength(1);
    await until('the follower was told', () => watcher.told.length === 1 && watcher.reached.at(-1) === true);
  });

  it('frozen past the deadline of a commit: thawed, it does not happen any more', async () => {
    const store = await open();
    await store.commit(commitOf([put('warm', 0)]));
    const notAfter = (await store.time()) + 100;
    redis.freeze();
    const commit = commitOf([put('a', 0)], { notAfter });
    expect(await refusal(store.commit(commit))).toMatchObject({ outcome: 'unknown' });
    redis.thaw();
    const second = await open();
    await until(
      'the store answers past the deadline',
      async () => (await second.time().catch(() => 0)) > notAfter,
    );
    expect(await second.outcome(commit.op)).toBeUndefined();
    expect(await refusal(second.commit(commit))).toBeInstanceOf(TooLate);
    expect((await second.load()).head.seq).toBe(1);
  });

  it('away at the start: opening waits for nobody, and the follower begins when it comes', async () => {
    await redis.stop();
    const store = await open();
    const watcher = new Watcher();
    const following = await store.follow(watcher);
    expect([watcher.reached, watcher.reloads, following.freshAt]).toEqual([[false], [], 0]);
    await expect(store.load()).rejects.toThrow(Unavailable);
    await redis.start();
    await until('it began', () => watcher.reloads.length === 1 && watcher.reached.at(-1) === true);
    expect(watcher.reloads[0]?.cause).toBe('start');
    await store.commit(commitOf([put('a', 0)]));
    await until('the commit was told', () => watcher.told.length === 1);
  });

  it('emptied by hand: followers load anew and hear which commits are gone', async () => {
    const store = await open();
    const watcher = new Watcher();
    await store.follow(watcher);
    const lost = [];
    for (let n = 0; n < 3; n += 1) lost.push(await store.commit(commitOf([put(`k${n}`, 0)])));
    await until('all was told', () => watcher.told.length === 3);
    await redis.send('FLUSHALL');
    const kept = await store.commit(commitOf([put('new', 0)]));
    expect(kept.seq).toBe(1);
    await until('it reloaded', () => watcher.reloads.length === 2);
    expect(watcher.reloads[1]?.cause).toBe('lineage');
    expect(watcher.reloads[1]?.vanished).toEqual(lost.map(({ seq, id }) => ({ seq, id })));
    expect([...(watcher.reloads[1]?.state.documents.flags.keys() ?? [])]).toEqual(['new']);
  });

  it.each(['head', 'feed', 'audit', 'outbox', 'outbox-line', 'index:flags'])(
    'spoilt in its own records (%s): a commit is refused as damaged and changes nothing',
    async (record) => {
      const store = await open();
      await store.commit(commitOf([put('a', 0)], { audit: [{ n: 1 }], outbox: [{ n: 1 }] }));
      await redis.send('SET', `{bad}:state:${record}`, 'junk');
      const spoilt = await everything();
      const commit = commitOf([put('b', 0)], { audit: [{ n: 2 }], outbox: [{ n: 2 }] });
      expect(await refusal(store.commit(commit))).toMatchObject({ code: 'DAMAGED' });
      expect(await everything()).toEqual(spoilt);
    },
  );

  it('without its head, but with its trail: a commit is refused and gives no number a second time', async () => {
    const store = await open();
    await store.commit(commitOf([put('a', 0)], { audit: [{ n: 1 }] }));
    await redis.send('DEL', '{bad}:state:head', '{bad}:state:feed');
    const spoilt = await everything();
    const commit = commitOf([put('b', 0)], { audit: [{ n: 2 }] });
    expect(await refusal(store.commit(commit))).toMatchObject({ code: 'DAMAGED' });
    expect(await everything()).toEqual(spoilt);
  });

  it("with something that is no text in a document's place: it is moved aside whole, never lost", async () => {
    const store = await open();
    await redis.send('RPUSH', '{bad}:flags:a', 'one', 'two');
    await redis.send('SADD', '{bad}:state:index:flags', 'a');
    expect(await store.raw('flags', 'a')).toBe('');
    const { seq } = await store.commit(commitOf([{ ...put('a', 0), damaged: '' }]));
    expect(await redis.send('LRANGE', `{bad}:state:index:flags:set-aside:a:${seq}`, '0', '-1')).toEqual([
      'one',
      'two',
    ]);
    expect((await store.load()).documents.flags.get('a')).toEqual({ v: seq, schema: 1 });
  });

  it('set up to lose data: says so', async () => {
    const store = await open();
    expect((await store.health()).warnings).toEqual([]);
    await redis.send('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    await redis.send('CONFIG', 'SET', 'appendonly', 'no');
    expect((await store.health()).warnings).toHaveLength(2);
  });
});
