import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Card } from '../../../../src/lib/alerts/Card.js';
import { digesting } from '../../../../src/lib/control/duties/digesting.js';
import { type House, openHouse } from '../../alerts/dispatch/house.js';

const weekMs = 7 * 24 * 3_600_000;
const card: Card = { tone: 'info', title: 'Weekly look' };

let house: House;
/** Domain time, which a test may speed up. */
let now = 1_000;
beforeEach(async () => {
  house = await openHouse();
  now = 1_000;
});
afterEach(() => house.close());

const duty = (digest: () => Card | null = () => card): ReturnType<typeof digesting> =>
  digesting({ store: house.store, clock: { now: () => now }, digest });

const told = async (): Promise<number> => (await house.store.outbox.pending(10)).length;

it('the first digest comes a week after the first start, then one a week', async () => {
  await duty().turn(house.fence);
  expect(await told()).toBe(0);
  now += weekMs - 1;
  await duty().turn(house.fence);
  expect(await told()).toBe(0);
  now += 1;
  for (let turn = 0; turn < 3; turn += 1) await duty().turn(house.fence);
  expect(await told()).toBe(1);
  now += weekMs;
  await duty().turn(house.fence);
  expect(await told()).toBe(2);
});

it('of two processes that find it due at once, one tells it', async () => {
  await duty().turn(house.fence);
  now += weekMs;
  const ends = await Promise.allSettled([duty().turn(house.fence), duty().turn(house.fence)]);
  expect(ends.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
  expect(await told()).toBe(1);
});

it('with nothing to tell, the week begins anew without a notice', async () => {
  await duty().turn(house.fence);
  now += weekMs;
  await duty(() => null).turn(house.fence);
  now += weekMs - 1;
  await duty().turn(house.fence);
  expect(await told()).toBe(0);
});
