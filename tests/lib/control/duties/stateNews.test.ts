import { afterEach, beforeEach, expect, it } from 'vitest';
import { StateNews } from '../../../../src/lib/control/duties/stateNews.js';
import { Unavailable } from '../../../../src/lib/state/errors.js';
import type { LoadedState, Store } from '../../../../src/lib/state/Store.js';
import { type House, openHouse } from '../../alerts/dispatch/house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const titles = async (): Promise<readonly string[]> =>
  (await house.store.outbox.pending(10)).map(({ body }) => JSON.stringify(body));

function loaded(): LoadedState {
  return { head: { seq: 1, id: 'A' }, at: 0, documents: {} as LoadedState['documents'], damaged: [] };
}

it('changes that a failover lost are told once, whoever saw them', async () => {
  const lost = { seq: 7, id: '7F3KQX' };
  const alsoLost = { seq: 8, id: 'M2QQQQ' };
  const [one, other] = [new StateNews(house.store), new StateNews(house.store)];
  one.reloaded(loaded(), 'lineage', [lost]);
  other.reloaded(loaded(), 'lineage', [lost, alsoLost]);
  for (let turn = 0; turn < 2; turn += 1) await Promise.all([one.turn(), other.turn()]);
  const all = (await titles()).join();
  expect(all.match(/#7-7F3K/g)).toHaveLength(1);
  expect(all.match(/#8-M2QQ/g)).toHaveLength(1);
});

it('what could not be told is told later', async () => {
  let isAway = true;
  const store: Pick<Store, 'commit' | 'getMany' | 'time'> = {
    commit: (commit) =>
      isAway ? Promise.reject(new Unavailable('away', 'none')) : house.store.commit(commit),
    getMany: (ns, keys) => house.store.getMany(ns, keys),
    time: () => house.store.time(),
  };
  const news = new StateNews(store);
  news.reloaded(loaded(), 'lineage', [{ seq: 7, id: '7F3KQX' }]);
  await expect(news.turn()).rejects.toThrow(Unavailable);
  isAway = false;
  await news.turn();
  await news.turn();
  expect(await titles()).toHaveLength(1);
});

it('a sound state is no news', async () => {
  const news = new StateNews(house.store);
  news.reloaded(loaded(), 'start', []);
  await news.turn();
  expect(await titles()).toEqual([]);
  expect(await house.store.getMany('settings', ['announced'])).toEqual([null]);
});
