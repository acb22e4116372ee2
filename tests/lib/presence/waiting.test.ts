/** How long a question waits, in a time that passes only by waiting. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Presence } from '../../../src/lib/presence/Presence.js';
import { Unavailable } from '../../../src/lib/state/errors.js';
import type { Store } from '../../../src/lib/state/Store.js';
import type { Ground } from '../../contract/ground.js';
import { lmdbGround } from '../../support/lmdbGround.js';
import { Crowd } from './Crowd.js';

let ground: Ground;
let crowd: Crowd;
beforeEach(async () => {
  ground = await lmdbGround();
  crowd = new Crowd(ground, 'waiting');
});
afterEach(async () => {
  await crowd.close();
  await ground.dispose();
});

const question = { id: 'one', kind: 'echo', body: null };

/** Another process that asks; its pauses are written down, and are all the time there is. */
function asking(store: Store, meanwhile: (waited: number) => unknown = () => undefined) {
  const pauses: number[] = [];
  let now = 1_000_000;
  const presence = new Presence({
    ...{ store, process: 'asker', release: '1.0.0', realTime: { now: () => now } },
    serves: () => ({ guilds: 0, shards: [], shardCount: 0 }),
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    pause: async (ms) => {
      pauses.push(ms);
      now += ms;
      await meanwhile(now - 1_000_000);
    },
  });
  return { presence, pauses };
}

it('looks soon at first and then every 50 ms, until just when it was told to', async () => {
  const silent = await crowd.join('silent');
  await silent.die();
  const { presence, pauses } = asking(silent.store);
  const call = await presence.ask(question, 200);
  expect(pauses).toEqual([4, 8, 16, 32, 50, 50, 40]);
  expect(call).toMatchObject({ question, answers: [], silent: [{ process: 'silent' }] });
});

it('that may wait for nothing looks once', async () => {
  const silent = await crowd.join('silent');
  await silent.die();
  const { presence, pauses } = asking(silent.store);
  expect((await presence.ask(question, 0)).silent).toHaveLength(1);
  expect(pauses).toEqual([]);
});

it('where nobody lives is answered by nobody, at once', async () => {
  const gone = await crowd.join('gone');
  await gone.presence.close();
  const { presence, pauses } = asking(gone.store);
  expect(await presence.ask(question, 200)).toEqual({ question, answers: [], silent: [] });
  expect(pauses).toEqual([]);
});

it('is not answered by what was answered to the same question before', async () => {
  const other = await crowd.join('other', { answers: { echo: () => 'yes' } });
  const { presence } = asking(other.store, () => new Promise((resolve) => setTimeout(resolve, 5)));
  expect((await presence.ask(question, 5_000)).answers).toMatchObject([{ process: 'other', body: 'yes' }]);
  await other.die();
  crowd.aheadMs = 1;
  const again = await presence.ask(question, 200);
  expect(again).toMatchObject({ answers: [], silent: [{ process: 'other' }] });
});

it('does not wait any longer for one that leaves meanwhile', async () => {
  const first = await crowd.join('first');
  await first.die();
  const { presence, pauses } = asking(first.store, () => first.presence.close());
  expect(await presence.ask(question, 300)).toMatchObject({ answers: [], silent: [] });
  expect(pauses).toEqual([4]);
});

it('ends with the store’s own word where that is away', async () => {
  const silent = await crowd.join('silent');
  await silent.die();
  const store = Object.assign(Object.create(silent.store) as Store, {
    time: () => silent.store.time(),
  });
  const { presence } = asking(store, () => {
    store.time = () => Promise.reject(new Unavailable('away', 'none'));
  });
  await expect(presence.ask(question, 300)).rejects.toThrow(Unavailable);
});
