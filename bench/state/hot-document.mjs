// Commits on one hot document: 2 processes x 50 writers on Redis, against WATCH/MULTI in the same run. One JSON line.
import { openStore } from '../../dist/esm/lib/state/openStore.js';
import { createClient } from '@redis/client';
import { run, withRedis } from './parts/ground.mjs';

const durationMs = 4000;
const target = 1000;

await withRedis(async (url) => {
  const ours = await both('store', url);
  const watched = await both('watch', url);
  const store = await openStore({ redisUrl: url, dataDir: '', prefix: 'bench' });
  const [hot] = await store.getMany('flags', ['hot']);
  await store.close();
  const client = await createClient({ url }).connect();
  const other = JSON.parse(await client.get('bench:watched'));
  client.destroy();
  const perSecond = (done) => Math.round((done * 1000) / durationMs);
  const values = {
    store: perSecond(ours),
    watchMulti: perSecond(watched),
    ratio: Number((ours / watched).toFixed(2)),
    lostUpdates: ours - hot.count,
    lostUpdatesWatchMulti: watched - other.count,
  };
  const ok = values.store >= target && values.lostUpdates === 0;
  console.log(
    JSON.stringify({
      name: 'state: commits on one hot document, 2 processes x 50 writers',
      unit: 'commits/s',
      values,
      target,
      ok,
    }),
  );
});

/** Commits that two processes were told of, together. */
async function both(way, url) {
  const args = [way, url, '', 'bench', '50', String(durationMs)];
  const done = await Promise.all([run('writers.mjs', args), run('writers.mjs', args)]);
  return done.reduce((sum, { done: one }) => sum + one, 0);
}
