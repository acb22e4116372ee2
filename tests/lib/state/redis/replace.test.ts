import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../../../src/lib/state/openStore.js';
import { commitOf, put } from '../../../contract/commits.js';
import { candidate } from '../../../contract/leases.contract.js';
import { describeRedis } from '../../../support/redis/available.js';
import { startRedis, type RedisProcess } from '../../../support/redis/server.js';

describeRedis('a restore into Redis', () => {
  let server: RedisProcess;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.dispose());

  it('leaves nothing staged, and nothing that would go away by itself but its operation id', async () => {
    const open = (prefix: string) => openStore({ redisUrl: server.url, dataDir: '', prefix });
    const [from, to] = [await open('from'), await open('to')];
    await from.commit(commitOf([put('a', 0)], { audit: [{ n: 1 }], outbox: [{ n: 1 }] }));
    const { lease } = await candidate(from, 'me');
    await from.audit.seal(lease.fence ?? { lease: '', token: 0 });
    expect(await to.restore(await from.snapshot(), { op: 'back' })).toMatchObject({ trail: 'taken' });
    const keys = (await server.send('KEYS', '{to}*')) as string[];
    const fading: string[] = [];
    for (const key of keys) if (Number(await server.send('PTTL', key)) >= 0) fading.push(key);
    expect(fading).toEqual(['{to}:state:op:back']);
    expect(keys).toEqual(
      expect.arrayContaining(['{to}:state:audit', '{to}:state:seals', '{to}:state:outbox']),
    );
    expect(keys.filter((key) => key.includes('staged'))).toEqual([]);
    await Promise.all([from.close(), to.close()]);
  });
});
