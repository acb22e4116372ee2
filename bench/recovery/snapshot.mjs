// A snapshot of 100k guild documents while the event loop goes on: how long, and how late others come; then restored and
// compared. One JSON line a database. Judged is how long the process itself held its loop, in CPU time of its main thread; where the
// system does not tell that, how late a timer came, less what the machine made late before.
import { isDeepStrictEqual } from 'node:util';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { openStore } from '../../dist/esm/lib/state/openStore.js';
import { readSnapshotFile, writeSnapshotFile } from '../../dist/esm/lib/state/snapshotFile.js';
import { withDirectory, withRedis } from '../state/parts/ground.mjs';
import { watchOwnTime } from './parts/ownTime.mjs';

const documents = 100_000;
const targets = { seconds: 5, delayMs: 20 };

await withDirectory(async (folder) => {
  await withRedis((url) => measure('Redis', folder, url));
  await measure('LMDB', folder, undefined);
});

async function measure(name, folder, redisUrl) {
  const open = (prefix) => openStore({ redisUrl, dataDir: folder, prefix });
  const store = await open('full');
  await fill(store);
  await settle();
  const file = join(folder, `${name}.snapshot.gz`);
  // What comes late in a process that only counts, a millisecond at a time, is the machine's: others use it, too.
  const machine = await delayDuring(countFor);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const own = watchOwnTime();
  const start = performance.now();
  await writeSnapshotFile(file, store.snapshotParts());
  const end = performance.now();
  delay.disable();
  const held = own.stop();
  // The histogram counts the timer's own millisecond.
  const [worst, usual] = [delay.max / 1e6 - 1, delay.percentile(99) / 1e6 - 1];

  const taken = await store.snapshot();
  const other = await open('empty');
  const restoring = performance.now();
  const ownRestoring = watchOwnTime();
  await other.restore(await readSnapshotFile(file));
  const heldRestoring = ownRestoring.stop();
  const restored = performance.now();
  const again = await other.snapshot();
  const isIdentical =
    taken.documents.length === documents &&
    isDeepStrictEqual(sorted(again.documents), sorted(taken.documents)) &&
    isDeepStrictEqual(again.audit, taken.audit);
  await Promise.all([store.close(), other.close()]);

  const values = {
    'snapshot s': (end - start) / 1000,
    'held by itself max ms': held?.ranMs,
    'waited for a CPU max ms': held?.waitedMs,
    'delay p99 ms': usual,
    'delay max ms': worst,
    'delay max of the machine ms': machine,
    'restore s': (restored - restoring) / 1000,
    'held by itself in the restore max ms': heldRestoring?.ranMs,
  };
  console.log(
    JSON.stringify({
      name: `recovery: snapshot of 100k guild documents, ${name}${isIdentical ? '' : ' (NOT IDENTICAL)'}`,
      unit: '',
      values,
      target: targets,
      ok:
        isIdentical &&
        (end - start) / 1000 <= targets.seconds &&
        (held?.ranMs ?? worst - machine) <= targets.delayMs,
    }),
  );
}

async function fill(store) {
  for (let at = 0; at < documents; at += 1000)
    await store.commit({
      op: `fill-${at}`,
      notAfter: Date.now() + 60_000,
      changes: Array.from({ length: 1000 }, (_, n) => ({
        ns: 'guilds',
        key: String(100_000_000_000_000_000n + BigInt(at + n)),
        expect: 0,
        next: {
          schema: 1,
          id: String(100_000_000_000_000_000n + BigInt(at + n)),
          entries: { new_greeting: { joined: { by: '1', at: at + n } } },
          channelId: null,
        },
      })),
      audit: [{ filled: at }],
      outbox: [],
    });
}

async function countFor(ms = 3000) {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const slice = performance.now() + 1;
    while (performance.now() < slice);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function delayDuring(work) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return Math.max(0, delay.max / 1e6 - 1);
}

/** What filling left behind is not what is measured. */
async function settle() {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 200));
}

function sorted(list) {
  return [...list].sort((a, b) => (a.key < b.key ? -1 : 1));
}
