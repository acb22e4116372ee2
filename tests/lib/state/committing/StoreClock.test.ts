import { expect, it } from 'vitest';
import { StoreClock } from '../../../../src/lib/state/committing/StoreClock.js';

const minute = 60_000;

function clocks() {
  const machine = { now: 1_000_000 };
  const store = { time: 5_000_000, asked: 0 };
  const clock = new StoreClock(
    {
      time: async () => {
        store.asked += 1;
        return store.time;
      },
    },
    { now: () => machine.now },
  );
  const pass = (ms: number): void => {
    machine.now += ms;
    store.time += ms;
  };
  return { machine, store, clock, pass };
}

it('tells the store’s time without asking for it each time', async () => {
  const { store, clock, pass } = clocks();
  for (let second = 0; second < 60; second += 1) {
    expect(await clock.now()).toBe(store.time);
    pass(1_000);
  }
  expect(store.asked).toBe(1);
});

it('does not believe for long what it measured once: clocks drift', async () => {
  const { machine, store, clock, pass } = clocks();
  await clock.now();
  machine.now += 2_000;
  pass(2 * minute);
  expect(await clock.now()).toBe(store.time);
});

it('sees at once that the machine’s clock was set, back or by a long way', async () => {
  for (const set of [-1, -3_600_000, 3_600_000]) {
    const { machine, store, clock } = clocks();
    await clock.now();
    machine.now += set;
    expect(await clock.now()).toBe(store.time);
  }
});
