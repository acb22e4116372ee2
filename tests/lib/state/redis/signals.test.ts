import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signalOf } from '../../../../src/lib/state/redis/signals.js';
import { openStore } from '../../../../src/lib/state/openStore.js';
import type { Store } from '../../../../src/lib/state/Store.js';
import { commitOf, put, Watcher } from '../../../contract/commits.js';
import { describeRedis } from '../../../support/redis/available.js';
import { startRedis, type RedisProcess } from '../../../support/redis/server.js';
import { until } from '../../../support/redis/until.js';

describe('a message on the channel', () => {
  const line = { database: 0, id: 'b', prev: 'a', at: 7, lineage: 'l', keys: [['flags', 'x'] as const] };
  const message = (change: object = {}, raws = ['{"value":{}}']): string =>
    ['commit 2', JSON.stringify({ ...line, ...change }), ...raws].join('\n');

  it('brings a commit along, deletions among it', () => {
    const keys = [...line.keys, ['guilds', 'gone']];
    expect(signalOf(message({ keys }, ['{"value":{}}', '']), 0)).toEqual({
      is: 'moved',
      commit: {
        head: { seq: 2, id: 'b', at: 7, lineage: 'l' },
        entries: [{ seq: 2, id: 'b', prev: 'a', at: 7, keys }],
        documents: [
          { ns: 'flags', key: 'x', raw: '{"value":{}}' },
          { ns: 'guilds', key: 'gone', raw: null },
        ],
      },
    });
  });

  it.each([
    ['names the commit only', 'commit 2'],
    ['lacks a document', message({}, [])],
    ['names a kind of document that is not known', message({ keys: [['planets', 'x']] })],
    ['is cut off', message().slice(0, 20)],
    ['is none of ours', 'hello\nworld'],
  ])('that %s says only that something happened', (_what, text) => {
    expect(signalOf(text, 0)).toEqual({ is: 'moved' });
  });

  it('of another database is none', () => {
    expect(signalOf(message(), 1)).toBeUndefined();
  });

  it('tells of a lease that was given up', () => {
    expect(signalOf('lease control', 0)).toEqual({ is: 'lease', name: 'control' });
  });
});

describeRedis('followers on Redis', () => {
  let server: RedisProcess;
  let stores: Store[] = [];
  const open = async (database = 0): Promise<Store> => {
    const store = await openStore({ redisUrl: `${server.url}/${database}`, dataDir: '', prefix: 'pushed' });
    stores.push(store);
    return store;
  };
  const reads = async (): Promise<number> => {
    const stats = String(await server.send('INFO', 'commandstats'));
    return Number(/cmdstat_xrange:calls=(\d+)/.exec(stats)?.[1] ?? 0);
  };

  beforeAll(async () => {
    server = await startRedis();
  });

  // Whoever still follows would read, too.
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
  });

  afterAll(async () => {
    await server.dispose();
  });

  it.each([0, 5])('read nothing for small commits, and read large ones (database %d)', async (database) => {
    const [writer, other] = [await open(database), await open(database)];
    await writer.commit(commitOf([put('first', 0)]));
    const watchers = [new Watcher(), new Watcher()];
    await writer.follow(watchers[0] ?? new Watcher());
    await other.follow(watchers[1] ?? new Watcher());
    const seen = (count: number) => () => watchers.every(({ told }) => told.length === count);
    const before = await reads();
    for (let n = 1; n <= 10; n += 1)
      await writer.commit(commitOf([put(`small-${n}`, 0, { text: 'a "line"\nand ☃' })]));
    await until('all were told', seen(10));
    expect(await reads()).toBe(before);
    expect(watchers[1]?.told[9]?.documents).toEqual(await documents(writer, 'small-10'));
    await writer.commit(commitOf([put('large', 0, { text: 'x'.repeat(40_000) })]));
    await until('the large one was told', seen(11));
    expect(await reads()).toBe(before + 2);
    expect(watchers[1]?.told[10]?.documents).toEqual(await documents(writer, 'large'));
  });

  it('read nothing for small commits after a restore, either', async () => {
    const store = await open(6);
    await store.commit(commitOf([put('first', 0)]));
    const watcher = new Watcher();
    await store.follow(watcher);
    await store.restore(await store.snapshot());
    await until('it reloaded', () => watcher.reloads.length === 2);
    const before = await reads();
    await store.commit(commitOf([put('second', 0)]));
    await until('it was told', () => watcher.told.length === 1);
    expect(await reads()).toBe(before);
  });

  it('believe no message of the same history in another database', async () => {
    const [writer, copy] = [await open(2), await open(3)];
    await writer.commit(commitOf([put('shared', 0)]));
    await copyDatabase(server);
    const watcher = new Watcher();
    await copy.follow(watcher);
    await writer.commit(commitOf([put('only-there', 0)]));
    await copy.commit(commitOf([put('only-here', 0)]));
    await until('its own was told', () => watcher.told.length > 0);
    expect(watcher.told.flatMap(({ documents: some }) => some.map(({ key }) => key))).toEqual(['only-here']);
    expect(watcher.reloads).toHaveLength(1);
  });
});

async function documents(store: Store, key: string) {
  return [{ ns: 'flags', key, document: (await store.getMany('flags', [key]))[0] }];
}

/** All keys of database 2 into database 3. */
async function copyDatabase(server: RedisProcess): Promise<void> {
  const script = `for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('COPY', key, key, 'DB', 3) end`;
  await server.send('EVAL', `redis.call('SELECT', 2) ${script}`, '0');
}
