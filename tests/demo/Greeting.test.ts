import { expect, test } from 'vitest';
import { Greeting, GreetingFailed } from '../../src/demo/Greeting.js';
import type { GreetingOrders } from '../../src/demo/orders.js';
import { seededRandom } from '../../src/sandbox/traffic/seededRandom.js';

const well = { errors: 1, slowness: 1, alwaysFails: false, guildId: null };

function greeting(orders: Partial<GreetingOrders>): Greeting {
  const one = new Greeting(seededRandom(1));
  one.follow({ errorRate: 0, workMs: 0, newGreeting: well, outage: false, ...orders });
  return one;
}

/** How many of `runs` greetings failed. */
async function failures(
  one: Greeting,
  isNew: boolean,
  guildId: string | null,
  runs = 2_000,
): Promise<number> {
  let count = 0;
  for (let run = 0; run < runs; run++) {
    await one.prepare(isNew, guildId).catch((error: unknown) => {
      if (!(error instanceof GreetingFailed)) throw error;
      count += 1;
    });
  }
  return count;
}

test('without orders no greeting ever fails', async () => {
  expect(await failures(new Greeting(), true, 'a')).toBe(0);
});

test('the new greeting fails as many times as often as it is ordered to, the old one as ever', async () => {
  const one = greeting({ errorRate: 0.02, newGreeting: { ...well, errors: 10 } });
  expect((await failures(one, false, 'a')) / 2_000).toBeCloseTo(0.02, 1);
  expect((await failures(one, true, 'a')) / 2_000).toBeCloseTo(0.2, 1);
});

test('what is wrong in one guild is wrong nowhere else', async () => {
  const one = greeting({ newGreeting: { ...well, alwaysFails: true, guildId: 'a' } });
  expect(await failures(one, true, 'a', 20)).toBe(20);
  expect(await failures(one, true, 'b', 20)).toBe(0);
  expect(await failures(one, false, 'a', 20)).toBe(0);
});

test('in an outage both greetings fail', async () => {
  const one = greeting({ outage: true });
  expect(await failures(one, false, 'a', 20)).toBe(20);
  expect(await failures(one, true, 'a', 20)).toBe(20);
});

test('a slow greeting takes longer than the others', async () => {
  const one = greeting({ workMs: 2, newGreeting: { ...well, slowness: 20 } });
  const took = async (isNew: boolean): Promise<number> => {
    const begun = performance.now();
    await Promise.all(Array.from({ length: 20 }, () => one.prepare(isNew, null)));
    return performance.now() - begun;
  };
  expect(await took(true)).toBeGreaterThan(40);
});
