/** A process that commits as fast as it can, takes part in the lease, and says what was acknowledged. */
import { Conflict } from '../../../src/lib/state/errors.js';
import { systemClock } from '../../../src/lib/core/Clock.js';
import { EngineStore } from '../../../src/lib/state/EngineStore.js';
import { LmdbEngine } from '../../../src/lib/state/lmdb/LmdbEngine.js';

const [dataDir = '', name = ''] = process.argv.slice(2);
// Without openStore: the Redis half reads its scripts from beside its sources, which are not where this runs.
const engine = await LmdbEngine.open({ dataDir, prefix: 'shared', clock: systemClock, deadlineMs: 10_000 });
const warn = (message: string): void => void process.send?.({ warning: message });
const store = new EngineStore(engine, { clock: systemClock, random: undefined, warn });
await store.lease('control', {
  owner: name,
  ttlMs: 1500,
  onGained: (fence) => process.send?.({ gained: fence.token }),
  onLost: () => process.send?.({ lost: true }),
});
process.send?.({ ready: true });
for (let n = 0; ; n += 1) {
  try {
    const [current] = await store.getMany('flags', ['hot']);
    const count = Number(current?.['count'] ?? 0) + 1;
    const receipt = await store.commit({
      op: `${name}-${n}`,
      notAfter: Date.now() + 60_000,
      changes: [
        { ns: 'flags', key: 'hot', expect: current?.v ?? 0, next: { schema: 1, count } },
        { ns: 'guilds', key: `${name}-${n}`, expect: 0, next: { schema: 1, n } },
      ],
      audit: [{ name, n }],
      outbox: [],
    });
    process.send?.({ done: { seq: receipt.seq, key: `${name}-${n}` } });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}
