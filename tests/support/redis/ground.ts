import type { Ground } from '../../contract/ground.js';
import { parseRedisUrl } from '../../../src/lib/state/redis/address.js';
import { connectRedis } from '../../../src/lib/state/redis/connect.js';
import { RedisKeys } from '../../../src/lib/state/redis/keys.js';
import { openStore, type StoreOptions } from '../../../src/lib/state/openStore.js';
import { streamEntry, list } from '../../../src/lib/state/redis/replies.js';
import { until } from './until.js';

/** The contract's ground over any Redis; `dispose` stops the servers. */
export async function redisGround(
  server: { readonly url: string; dispose(): Promise<void> },
  defaults: Partial<StoreOptions> = {},
): Promise<Ground> {
  const link = connectRedis(parseRedisUrl(server.url));
  await until('the test itself is connected to Redis', () => link.isReady);
  return {
    open: (prefix, options = {}) =>
      openStore({ redisUrl: server.url, dataDir: '', prefix, ...defaults, ...options }),
    spoil: async (prefix, ns, key, raw) => {
      const keys = new RedisKeys(prefix);
      await link.send(keys.head, ['SET', keys.document(ns, key), raw]);
      await link.send(keys.head, ['SADD', keys.index(ns), key]);
    },
    raw: async (prefix, ns, key) => {
      const keys = new RedisKeys(prefix);
      return (await link.send(keys.head, ['GET', keys.document(ns, key)])) as string | null;
    },
    rewriteAudit: async (prefix, id, change) => {
      const { audit } = new RedisKeys(prefix);
      const entries = list(await link.send(audit, ['XRANGE', audit, '-', '+'])).map(streamEntry);
      await link.send(audit, ['DEL', audit]);
      for (const entry of entries) {
        const text = entry.fields.get('e') ?? '';
        const changed = entry.id === id ? change(text) : text;
        if (changed !== undefined) await link.send(audit, ['XADD', audit, entry.id, 'e', changed]);
      }
    },
    dispose: async () => {
      await link.close();
      await server.dispose();
    },
  };
}
