import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseRedisUrl } from '../../../../src/lib/state/redis/address.js';
import { connectRedis } from '../../../../src/lib/state/redis/connect.js';
import { RedisEngine } from '../../../../src/lib/state/redis/RedisEngine.js';
import { describeRedis } from '../../../support/redis/available.js';
import { startRedis, type RedisProcess } from '../../../support/redis/server.js';

describeRedis('what the steps above rely on in Redis', () => {
  let server: RedisProcess;
  let engine: RedisEngine;
  beforeAll(async () => {
    server = await startRedis();
    const options = { prefix: 'steps', deadlineMs: 1500, waitForReplicas: 0, warn: () => undefined };
    engine = new RedisEngine(connectRedis(parseRedisUrl(server.url)), options);
    await engine.settled(1500);
  });
  afterAll(async () => {
    await engine.close();
    await server.dispose();
  });

  it('a lease whose token is below the highest ever seen stands no more, and the next jumps beyond it', async () => {
    const held = await engine.takeLease('floor', 'old', 60_000, 0);
    const taken = await engine.takeLease('floor', 'new', 60_000, held.token + 10);
    expect(taken.owner).toBe('new');
    expect(taken.token).toBeGreaterThan(held.token + 10);
  });

  it('a lease is given up by its holder only', async () => {
    await engine.takeLease('own', 'me', 60_000, 0);
    await engine.releaseLease('own', 'somebody else');
    expect(await engine.leaseHolder('own')).toMatchObject({ owner: 'me' });
    await engine.releaseLease('own', 'me');
    expect(await engine.leaseHolder('own')).toBeUndefined();
  });

  it('seals are refused that were made on a head that is no longer the last', async () => {
    const { token } = await engine.takeLease('seals', 'me', 60_000, 0);
    const fence = { lease: 'seals', token };
    const [none, first] = [await engine.audit.head(), { count: 1, id: '1-0', seal: 'a' }];
    expect(await engine.audit.seal(fence, none, [{ id: '1-0', seal: 'a' }], first)).toBe(true);
    const other = { count: 1, id: '2-0', seal: 'b' };
    expect(await engine.audit.seal(fence, none, [{ id: '2-0', seal: 'b' }], other)).toBe(false);
    expect(await engine.audit.head()).toEqual(first);
  });
});
