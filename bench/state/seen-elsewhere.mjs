// From "committed" in one process to "told" in another. One JSON line a database.
import { openStore } from '../../dist/esm/lib/state/openStore.js';
import { percentile, run, withDirectory, withRedis } from './parts/ground.mjs';

const commits = 400;

await withRedis((url) => measure('Redis', url, '', 5));
await withDirectory((directory) => measure('LMDB', '', directory, 40));

async function measure(name, redisUrl, dataDir, target) {
  const store = await openStore({ redisUrl: redisUrl || undefined, dataDir, prefix: 'bench' });
  const seen = new Map();
  await store.follow({
    commits: (told) => {
      const now = Number(process.hrtime.bigint()) / 1e6;
      for (const { seq } of told) seen.set(seq, now);
    },
    reload: () => undefined,
    reachable: () => undefined,
  });
  const { said } = await run('single-writer.mjs', [redisUrl, dataDir, String(commits)]);
  const deadline = Date.now() + 5000;
  while (seen.size < commits && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 10));
  await store.close();
  // Told before the writer heard that it was done: that is no delay.
  const delays = said.map(([seq, at]) => Math.max(0, (seen.get(seq) ?? Infinity) - at));
  const values = {
    p50: percentile(delays, 0.5),
    p99: percentile(delays, 0.99),
    missing: commits - seen.size,
  };
  const ok = values.p99 <= target && values.missing === 0;
  console.log(
    JSON.stringify({ name: `state: committed here, seen there, ${name}`, unit: 'ms', values, target, ok }),
  );
}
