import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseRedisUrl } from '../../../../src/lib/state/redis/address.js';
import { connectRedis } from '../../../../src/lib/state/redis/connect.js';
import { RedisKeys } from '../../../../src/lib/state/redis/keys.js';
import { openStore } from '../../../../src/lib/state/openStore.js';
import type { Store } from '../../../../src/lib/state/Store.js';
import { commitOf, put } from '../../../contract/commits.js';
import { describeRedis } from '../../../support/redis/available.js';
import { startRedis, type RedisProcess } from '../../../support/redis/server.js';
import { until } from '../../../support/redis/until.js';

describeRedis('documents that no index names', () => {
  let server: RedisProcess;
  let store: Store;
  const prefix = 'rollouts';
  beforeAll(async () => {
    server = await startRedis();
    store = await openStore({ redisUrl: server.url, dataDir: '', prefix });
  });
  afterAll(async () => {
    await store.close();
    await server.dispose();
  });

  it('are found after their index was lost, among other people’s keys; nothing is where all is well', async () => {
    const link = connectRedis(parseRedisUrl(server.url));
    await until('connected', () => link.isReady);
    const names = new RedisKeys(prefix);
    await store.commit(commitOf([put('one', 0), put('two', 0)]));
    for (let n = 0; n < 50; n++) await link.send('x', ['SET', `{rollouts2}:flags:foreign-${n}`, '1']);
    expect(await store.unlisted()).toEqual([]);
    await link.send(names.head, ['DEL', names.index('flags')]);
    expect((await store.load()).documents.flags.size).toBe(0);
    const lost = await store.unlisted();
    expect([...lost].sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { ns: 'flags', key: 'one' },
      { ns: 'flags', key: 'two' },
    ]);
    await link.close();
  });
});
