// A process that takes webhooks: the HTTP server, the room of deployments and its store, and the lease holder's turns.
import { setTimeout as pause } from 'node:timers/promises';
import { Deployments } from '../../../dist/esm/lib/deployments/Deployments.js';
import { unmeasured } from '../../../dist/esm/lib/deployments/life/unmeasured.js';
import { DeploymentsHook } from '../../../dist/esm/lib/deployments/webhooks/DeploymentsHook.js';
import { HttpServer } from '../../../dist/esm/lib/http/HttpServer.js';
import { openStore } from '../../../dist/esm/lib/state/openStore.js';

const [dataDir, secret] = process.argv.slice(2);
const clock = { now: () => Date.now() };
const log = (...words) => console.error(...words);

const store = await openStore({ dataDir, prefix: 'bench' });
const deployments = new Deployments({
  ...{ store, clock, monitor: unmeasured, rollouts: () => [], runSmoke: () => Promise.resolve([]) },
});
await store.follow(deployments.follower);
let fence;
await store.lease('control', {
  owner: 'bench',
  ttlMs: 5_000,
  onGained: (gained) => (fence = gained),
  onLost: () => (fence = undefined),
});
const outcomes = {};
const server = await HttpServer.listen({
  ...{ host: '127.0.0.1', port: 0, ready: () => Promise.resolve([]) },
  metrics: { contentType: 'text/plain', text: () => Promise.resolve('') },
  logger: { debug: () => undefined, info: () => undefined, warn: log, error: log },
  hooks: { '/hooks/deployments': new DeploymentsHook({ deployments, store, secret, realTime: clock }) },
  countHook: (_, outcome) => (outcomes[outcome] = (outcomes[outcome] ?? 0) + 1),
});

let isOver = false;
const turning = (async () => {
  while (!isOver) {
    if (fence !== undefined) await deployments.turn(fence).catch(log);
    await pause(50);
  }
})();

process.on('message', async (message) => {
  if (message === 'memory') {
    globalThis.gc();
    process.send({ heap: process.memoryUsage().heapUsed });
  }
  if (message !== 'end') return;
  isOver = true;
  await turning;
  process.send({ outcomes, titles: await titles() });
  deployments.close();
  await server.close();
  await store.close();
  process.disconnect();
});
process.send({ port: server.port });

/** What the audit says, an entry each. */
async function titles() {
  const found = [];
  for (let before; ;) {
    const entries = await store.audit.read({ limit: 1_000, ...(before !== undefined && { before }) });
    if (entries.length === 0) return found;
    for (const { body } of entries) found.push(body.title);
    before = entries.at(-1).id;
  }
}
