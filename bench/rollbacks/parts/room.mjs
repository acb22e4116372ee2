// A rollbacks room on a real store, without steps outside of it, and with clocks that can be set.
import { FlagsService } from '../../../dist/esm/lib/flags/FlagsService.js';
import { openStore } from '../../../dist/esm/lib/state/openStore.js';
import { Rollbacks } from '../../../dist/esm/lib/rollbacks/Rollbacks.js';

const by = { id: '1', name: 'Ada' };

/** @param watch told of every commit of the rollbacks room: how long it took, and how many bytes of documents it wrote */
export async function openRoom({ redisUrl, dataDir = '', guilds, clock, realTime, watch }) {
  const store = await openStore({ redisUrl, dataDir, prefix: 'bench' });
  const domainTime = clock ?? { now: () => Date.now() };
  const flags = new FlagsService({ store, clock: domainTime, servesFlags: true });
  const rollbacks = new Rollbacks({
    store: watch === undefined ? store : watched(store, watch),
    flags,
    rollouts: { documents: [], part: () => undefined, saw: () => undefined },
    records: {
      baseBetween: async () => [],
      freeze: async () => ({ errorOffset: () => 0.05 }),
      baseline: async () => undefined,
      forgetBaseline: async () => undefined,
      settledUntil: async () => domainTime.now(),
      processes: async () => [],
    },
    feedback: { criticalReports: async () => [] },
    works: [],
    prove: async () => ({ beganAt: 0, at: 0, checks: [], verdict: 'proven', isFinal: true }),
    writeReceipt: async () => ({ digest: '', file: { name: 'receipt.json', text: '{}' } }),
    clock: domainTime,
    ...(realTime !== undefined && { realTime }),
    warn: (message, cause) => console.error(message, cause),
  });
  const followings = [await store.follow(flags.follower), await store.follow(rollbacks.follower)];
  await flags.directory.serve({ shards: [0], count: 1, guilds: () => guilds });
  return {
    store,
    flags,
    rollbacks,
    do: async (change) => {
      const outcome = await flags.change({ change, by });
      if (outcome.status === 'confirm') await flags.change({ change, by, confirmed: outcome.proposal });
    },
    close: async () => {
      rollbacks.close();
      await rollbacks.rest();
      flags.close();
      for (const following of followings) await following.close();
      await store.close();
    },
  };
}

function watched(store, watch) {
  const commit = async (one) => {
    const begun = performance.now();
    const receipt = await store.commit(one);
    watch({
      ms: performance.now() - begun,
      bytes: one.changes.reduce((sum, { next }) => sum + (next ? JSON.stringify(next).length : 0), 0),
    });
    return receipt;
  };
  return Object.assign(Object.create(store), { commit });
}
