// Commits now and then and says when each began; started by seen-elsewhere.mjs.
import { openStore } from '../../../dist/esm/lib/state/openStore.js';

const [redisUrl, dataDir, commits] = process.argv.slice(2);
const store = await openStore({ redisUrl: redisUrl || undefined, dataDir, prefix: 'bench' });
const said = [];
for (let n = 0; n < Number(commits); n += 1) {
  await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20));
  const { seq } = await store.commit({
    op: `seen-${n}`,
    notAfter: Date.now() + 60_000,
    changes: [{ ns: 'flags', key: `k${n}`, expect: 0, next: { schema: 1 } }],
    audit: [],
    outbox: [],
  });
  // Both processes read the same clock: the monotonic one of the machine.
  said.push([seq, Number(process.hrtime.bigint()) / 1e6]);
}
await store.close();
process.send({ said });
process.disconnect();
