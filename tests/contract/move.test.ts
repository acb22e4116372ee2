import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeRedis } from '../support/redis/available.js';
import { redisGround } from '../support/redis/ground.js';
import { startRedis } from '../support/redis/server.js';
import { lmdbGround } from '../support/lmdbGround.js';
import { commitOf, put } from './commits.js';
import type { Ground } from './ground.js';
import { content, furnish } from './snapshots.contract.js';

describeRedis('moving state', () => {
  let grounds: Record<'lmdb' | 'redis', Ground>;
  beforeAll(async () => {
    grounds = { lmdb: await lmdbGround(), redis: await redisGround(await startRedis()) };
  });
  afterAll(async () => {
    await grounds.lmdb.dispose();
    await grounds.redis.dispose();
  });

  it.each([
    ['lmdb', 'redis'],
    ['redis', 'lmdb'],
  ] as const)('from %s to %s leaves nothing behind', async (from, to) => {
    const [here, there] = [await grounds[from].open('from'), await grounds[to].open('to')];
    await furnish(here);
    const taken = await here.snapshot();
    await there.restore(taken);
    expect(content(await there.snapshot())).toEqual(content(taken));
    expect(await there.audit.verify()).toMatchObject({ ok: true, entries: 3 });
    for (const document of taken.documents)
      expect(await grounds[to].raw('to', document.ns, document.key)).toBe(
        await grounds[from].raw('from', document.ns, document.key),
      );
    expect((await there.commit(commitOf([put('a', 2)]))).seq).toBeGreaterThan(taken.head.seq);
    await Promise.all([here.close(), there.close()]);
  });
});
