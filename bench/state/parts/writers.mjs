// A process with many writers on one hot document; started by hot-document.mjs and seen-elsewhere.mjs.
import { createClient } from '@redis/client';
import { openStore } from '../../../dist/esm/lib/state/openStore.js';
import { commitWithRetry } from '../../../dist/esm/lib/state/committing/commitWithRetry.js';

const [way, redisUrl, dataDir, prefix, writers, durationMs] = process.argv.slice(2);
const count = { done: 0 };
const until = Date.now() + Number(durationMs);
let op = 0;

const ways = {
  /** Through the store, with jittered pauses after a conflict. */
  async store() {
    const store = await openStore({ redisUrl: redisUrl || undefined, dataDir, prefix });
    const write = async () => {
      while (Date.now() < until) {
        await commitWithRetry(
          store,
          async () => {
            const [current] = await store.getMany('flags', ['hot']);
            op += 1;
            return {
              op: `${process.pid}-${op}`,
              notAfter: Date.now() + 60_000,
              changes: [
                {
                  ns: 'flags',
                  key: 'hot',
                  expect: current?.v ?? 0,
                  next: { schema: 1, count: Number(current?.count ?? 0) + 1 },
                },
              ],
              audit: [{ by: process.pid, op }],
              outbox: [],
            };
          },
          { attempts: 10_000, pauseMs: 4 },
        );
        count.done += 1;
      }
    };
    await Promise.all(Array.from({ length: Number(writers) }, write));
    await store.close();
  },
  /** The usual way: WATCH, GET, MULTI; one connection a writer, as WATCH needs. */
  async watch() {
    const write = async () => {
      const client = await createClient({ url: redisUrl }).connect();
      const key = `${prefix}:watched`;
      while (Date.now() < until) {
        await client.watch(key);
        const current = JSON.parse((await client.get(key)) ?? '{"count":0}');
        op += 1;
        const entry = JSON.stringify({ by: process.pid, op });
        try {
          await client
            .multi()
            .set(key, JSON.stringify({ count: current.count + 1 }))
            .xAdd(`${key}:audit`, '*', { entry })
            .exec();
          count.done += 1;
        } catch (error) {
          if (error.name !== 'WatchError' && error.constructor.name !== 'WatchError') throw error;
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
        }
      }
      client.destroy();
    };
    await Promise.all(Array.from({ length: Number(writers) }, write));
  },
};

await ways[way]();
process.send({ done: count.done });
process.disconnect();
