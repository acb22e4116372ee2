import { beforeEach, expect, it } from 'vitest';
import { showing } from '../../../../src/lib/control/duties/showing.js';
import type { LiveMessenger } from '../../../../src/lib/alerts/live/LiveMessage.js';
import { ListLogger } from '../../alerts/dispatch/house.js';

const fence = { lease: 'control', token: 1 };
let now: number;
let looks: number;
/** How long looking takes, ms. */
let takes: number;
beforeEach(() => {
  now = 1_000_000;
  looks = 0;
  takes = 0;
});

function duty() {
  return showing<string>({
    store: {
      getMany: () => Promise.resolve([null]),
      time: () => Promise.resolve(now),
      commit: () => Promise.reject(new Error('There is nothing to write.')),
    },
    messenger: {} as LiveMessenger<string>,
    to: 'operations',
    shown: () => {
      looks++;
      now += takes;
      return Promise.resolve([]);
    },
    clock: { now: () => now },
    logger: new ListLogger(),
  });
}

it('looks at once where nothing was looked at just now, and says when it may look again', async () => {
  const show = duty();
  expect(await show.turn(fence)).toBeUndefined();
  now += 50;
  expect(await show.turn(fence)).toBe(100);
  expect(looks).toBe(1);
  now += 100;
  expect(await show.turn(fence)).toBeUndefined();
  expect(looks).toBe(2);
});

it('takes a tenth of the time where there is much to look through, and a second apart at most', async () => {
  const show = duty();
  takes = 40;
  await show.turn(fence);
  expect(await show.turn(fence)).toBe(360);
  now += 360;
  takes = 900;
  await show.turn(fence);
  expect(await show.turn(fence)).toBe(1_000);
  expect(looks).toBe(2);
});

it('a clock that is set back holds nothing up', async () => {
  const show = duty();
  await show.turn(fence);
  now -= 3_600_000;
  await show.turn(fence);
  expect(looks).toBe(2);
});
