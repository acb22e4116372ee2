import { expect, test } from 'vitest';
import { ordersAtStart, readOrders } from '../../src/demo/orders.js';
import { ordersFor } from '../../src/sandbox/simulation/BotOrders.js';
import { restingKnobs } from '../../src/sandbox/simulation/Knobs.js';

const pace = { realAt: 1, domainAt: 2, speed: 3_600 };

test('the demo understands every order that the sandbox gives', () => {
  for (const change of [{}, { traffic: 50 }, { errors: 10, slowness: 5, guild: '1' }, { outage: true }]) {
    const orders = ordersFor({ ...restingKnobs, ...change }, pace);
    expect(readOrders(orders)).toEqual(orders);
    expect(ordersAtStart(JSON.stringify(orders))).toEqual(orders);
  }
});

test('other messages are none of its business; a broken start is an error', () => {
  expect(readOrders('ready')).toBeUndefined();
  expect(readOrders({ kind: 'demo-orders' })).toBeUndefined();
  expect(ordersAtStart('')).toBeUndefined();
  expect(() => ordersAtStart('{}')).toThrow();
});

test('without simulated members greetings cost nothing and never fail by themselves', () => {
  expect(ordersFor(restingKnobs, pace).greeting).toMatchObject({ errorRate: 0, workMs: 0, outage: false });
});
