// Loading everything at the start, with 10k and 100k guild documents. One JSON line a database.
import { performance } from 'node:perf_hooks';
import { openStore } from '../../dist/esm/lib/state/openStore.js';
import { percentile, withDirectory, withRedis } from './parts/ground.mjs';

await withRedis((url) => measure('Redis', url, ''));
await withDirectory((directory) => measure('LMDB', '', directory));

async function measure(name, redisUrl, dataDir) {
  const values = {};
  for (const count of [10_000, 100_000]) {
    const store = await openStore({ redisUrl: redisUrl || undefined, dataDir, prefix: `bench${count}` });
    for (let at = 0; at < count; at += 1000)
      await store.commit({
        op: `fill-${at}`,
        notAfter: Date.now() + 60_000,
        changes: Array.from({ length: 1000 }, (_, n) => ({
          ns: 'guilds',
          key: String(at + n),
          expect: 0,
          next: {
            schema: 1,
            id: String(at + n),
            entries: { new_greeting: { joined: { by: '1', at: 1 } } },
            channelId: null,
          },
        })),
        audit: [],
        outbox: [],
      });
    const times = [];
    for (let n = 0; n < 5; n += 1) {
      const start = performance.now();
      const { documents } = await store.load();
      times.push(performance.now() - start);
      if (documents.guilds.size !== count) throw new Error('not everything was loaded');
    }
    values[`${count}`] = percentile(times, 0.5);
    await store.close();
  }
  const target = 1000;
  console.log(
    JSON.stringify({
      name: `state: load all guild documents, ${name}`,
      unit: 'ms',
      values,
      target,
      ok: values['10000'] <= target,
    }),
  );
}
