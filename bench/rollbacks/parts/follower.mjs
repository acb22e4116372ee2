// Follows the state and says when each flag that was on is off here; started by press.mjs.
import { FlagsService } from '../../../dist/esm/lib/flags/FlagsService.js';
import { openStore } from '../../../dist/esm/lib/state/openStore.js';

const [redisUrl] = process.argv.slice(2);
const store = await openStore({ redisUrl, dataDir: '', prefix: 'bench' });
const flags = new FlagsService({ store, clock: { now: () => Date.now() }, servesFlags: true });
const on = new Set();
const following = await store.follow({
  commits: (commits) => {
    flags.follower.commits(commits);
    for (const { documents } of commits) {
      for (const { key } of documents) {
        if (!on.has(key) || flags.isEnabled(key, '200000000000000000')) continue;
        on.delete(key);
        process.send({ flag: key, at: Number(process.hrtime.bigint()) / 1e6 });
      }
    }
  },
  reload: (...told) => {
    flags.follower.reload(...told);
    for (const { key } of flags.list()) if (flags.isEnabled(key, '200000000000000000')) on.add(key);
  },
  reachable: (isReachable) => flags.follower.reachable(isReachable),
});
process.send('ready');
process.on('message', async () => {
  flags.close();
  await following.close();
  await store.close();
  process.disconnect();
});
