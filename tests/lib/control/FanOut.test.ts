import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fanOut } from '../../../src/lib/control/FanOut.js';
import { Unavailable } from '../../../src/lib/state/errors.js';
import type { OutboxEntry, Store } from '../../../src/lib/state/Store.js';
import { type House, openHouse } from '../alerts/dispatch/house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

async function entryToExpand(): Promise<OutboxEntry> {
  const { seq } = await house.commit({ kind: 'beta-fanout' });
  const entries = await house.store.outbox.pending(1_000);
  const entry = entries.find((one) => one.seq === seq);
  if (entry === undefined) throw new Error('The entry is not pending.');
  return entry;
}

const guilds = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `guild-${n}`);

const told = async (seq: number): Promise<readonly string[]> =>
  (await house.store.outbox.pending(1_000))
    .filter((entry) => entry.seq > seq)
    .map(({ body }) => /guild-\d+/.exec(JSON.stringify(body))?.[0] ?? '?');

function expansion(
  store: Pick<Store, 'commit' | 'getMany' | 'time'>,
  count: number,
): ReturnType<typeof fanOut> {
  return fanOut({
    store,
    batch: 3,
    noticesOf: () =>
      guilds(count).map((key) => ({
        key,
        notice: { kind: 'beta-news', to: { channel: '1' }, card: { tone: 'info', title: key } },
      })),
  });
}

it('every guild is told once, over as many commits as it takes', async () => {
  const entry = await entryToExpand();
  await expansion(house.store, 10)(entry, house.fence);
  await expansion(house.store, 10)(entry, house.fence);
  expect([...(await told(entry.seq))].sort()).toEqual([...guilds(10)].sort());
});

it('every guild is told once, however many others are expanded meanwhile', async () => {
  const entry = await entryToExpand();
  const others: OutboxEntry[] = [];
  for (let nth = 0; nth < 60; nth += 1) others.push(await entryToExpand());
  const last = others.at(-1)?.seq ?? 0;
  const store: Pick<Store, 'commit' | 'getMany' | 'time'> = {
    getMany: (ns, keys) => house.store.getMany(ns, keys),
    time: () => house.store.time(),
    commit: async (commit) => {
      const receipt = await house.store.commit(commit);
      for (const other of others.splice(0, 30)) await expansion(house.store, 1)(other, house.fence);
      return receipt;
    },
  };
  await expansion(store, 10)(entry, house.fence);
  const all = await told(last);
  const times = guilds(10).map((guild) => all.filter((one) => one === guild).length);
  // The first of them is what each of the others tells, too.
  expect(times).toEqual([61, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
});

it('nothing to tell changes nothing', async () => {
  const entry = await entryToExpand();
  await expansion(house.store, 0)(entry, house.fence);
  expect(await house.store.getMany('settings', ['fan-out'])).toEqual([null]);
});

it('stopped at any commit, whether that landed or not, and begun again, every guild is told once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('well', 'lost', 'landed'), { maxLength: 8 }),
      fc.nat(14),
      async (plan, count) => {
        const fates = [...plan];
        const store: Pick<Store, 'commit' | 'getMany' | 'time'> = {
          getMany: (ns, keys) => house.store.getMany(ns, keys),
          time: () => house.store.time(),
          commit: async (commit) => {
            const fate = fates.shift() ?? 'well';
            if (fate === 'lost') throw new Unavailable('away', 'none');
            const receipt = await house.store.commit(commit);
            if (fate === 'landed') throw new Unavailable('away', 'unknown');
            return receipt;
          },
        };
        const entry = await entryToExpand();
        for (let isDone = false; !isDone;) {
          isDone = await expansion(store, count)(entry, house.fence).then(
            () => true,
            () => false,
          );
        }
        expect([...(await told(entry.seq))].sort()).toEqual([...guilds(count)].sort());
        for (const { id } of await house.store.outbox.pending(1_000)) {
          await house.store.outbox.settle(id, { status: 'expanded' }, house.fence);
        }
      },
    ),
    { numRuns: 40 },
  );
});
