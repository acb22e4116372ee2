import { describe, expect, it } from 'vitest';
import { BadRedisUrl } from '../../../src/lib/state/errors.js';
import { openStore } from '../../../src/lib/state/openStore.js';

describe('openStore', () => {
  it('refuses a prefix that could reach into another state', async () => {
    for (const prefix of ['', 'a/b', 'a}b', '../x', 'x'.repeat(65)])
      await expect(openStore({ dataDir: '/nowhere', prefix })).rejects.toThrow(TypeError);
  });

  it('refuses an address that it does not understand', async () => {
    await expect(openStore({ redisUrl: 'mysql://x', dataDir: '', prefix: 'a' })).rejects.toThrow(BadRedisUrl);
  });

  it('closes a store whose Redis never answered', async () => {
    // Port 1: nobody listens there.
    for (const redisUrl of [
      'redis://127.0.0.1:1',
      'redis://127.0.0.1:1,127.0.0.1:2',
      'redis+sentinel://127.0.0.1:1/main',
    ]) {
      const store = await openStore({ redisUrl, dataDir: '', prefix: 'a', deadlineMs: 50 });
      expect((await store.health()).reachable).toBe(false);
      await expect(store.time()).rejects.toMatchObject({ code: 'UNAVAILABLE', outcome: 'none' });
      await store.close();
    }
  });
});
