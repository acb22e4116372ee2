/** The loop, the dispatcher and the embedded store together, as they run in a bot. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ControlLoop } from '../../../src/lib/control/ControlLoop.js';
import { dispatching } from '../../../src/lib/control/duties/dispatching.js';
import { sealing } from '../../../src/lib/control/duties/sealing.js';
import { type House, notice, openHouse } from '../alerts/dispatch/house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

function processOf(owner: string): ControlLoop {
  const { store, clock, logger } = house;
  return new ControlLoop({
    store,
    owner,
    clock,
    logger,
    duties: [dispatching(house.another()), sealing(store.audit)],
  });
}

it('a notice leaves after its commit, the audit is sealed, and at a stop the next process goes on', async () => {
  // The house holds the lease for its own tests; here the loops do.
  const { store, discord } = house;
  await house.giveUp();
  const one = processOf('one');
  const two = processOf('two');
  const following = [await store.follow(one), await store.follow(two)];
  one.start();
  await expect.poll(() => one.status.isLeading).toBe(true);
  two.start();

  await house.commit(notice('first'));
  await expect.poll(() => discord.titles('operations')).toEqual(['first']);
  one.wake('seal');
  await expect.poll(async () => (await store.audit.head()).count).toBe(1);
  expect(two.status.isLeading).toBe(false);

  await one.stop();
  await expect.poll(() => two.status.isLeading, { timeout: 5_000 }).toBe(true);
  await house.commit(notice('second'));
  await expect.poll(() => discord.titles('operations')).toEqual(['first', 'second']);
  await two.stop();
  for (const feed of following) await feed.close();
});

it('after another state was restored, what was on its way before is forgotten', async () => {
  const before = await house.store.snapshot();
  await house.commit(notice('never sent'));
  const dispatcher = house.another();
  const duty = dispatching(dispatcher);
  house.discord.fault = () => new Error('not yet');
  await duty.turn(house.fence);
  await dispatcher.idle();
  expect(house.discord.attempts).toBe(1);
  const theirs = { id: '1-0', seq: 1, commitId: 'THEIRS', op: 'o', at: 1, body: null };
  await house.store.restore({ ...before, audit: [theirs] });
  duty.reloaded?.(await house.store.load(), 'restored', []);
  house.discord.fault = () => undefined;
  const fence = await house.takeOver();
  await duty.turn(fence);
  await dispatcher.idle();
  expect(house.discord.standing).toEqual([]);
});
