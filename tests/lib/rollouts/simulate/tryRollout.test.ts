import { expect, test } from 'vitest';
import { builtInPlan } from '../../../../src/lib/rollouts/plans/builtIn.js';
import { Random } from '../../../../src/lib/rollouts/simulate/Random.js';
import { recordedTraffic } from '../../../../src/lib/rollouts/simulate/recordedTraffic.js';
import { tryRollout } from '../../../../src/lib/rollouts/simulate/tryRollout.js';
import type { Harm } from '../../../../src/lib/rollouts/simulate/Harm.js';
import { UsualDays } from '../../../../src/lib/rollouts/simulate/usual.js';
import { now, recordsOf, type Recorded } from './recorded.js';

const plan = builtInPlan();
const unitsOfPlan = 14 * 24 * 4;

async function tried(recorded: Recorded, harm: Harm | null, metrics = ['errors', 'latency']) {
  const traffic = await recordedTraffic(recordsOf(recorded), now);
  const guards = plan.guards.filter(({ metric }) => metrics.includes(metric));
  const usualDays = new UsualDays(traffic);
  return tryRollout({ plan, traffic, usualDays, guards, harm, random: new Random(3) });
}

test('with nothing wrong it goes through all steps, each as long as planned', async () => {
  const { alarm, steps, errorTicks, startsAt } = await tried({ guilds: 100, days: 4 }, null);
  expect(alarm).toBeNull();
  expect(steps).toHaveLength(plan.steps.length);
  expect(errorTicks).toHaveLength(unitsOfPlan);
  expect(startsAt.slice(0, 3)).toEqual([0, 24, 48]);
  expect(steps.map(({ wasHeld, harmedGuilds }) => [wasHeld, harmedGuilds])).toEqual(
    plan.steps.map(() => [false, 0]),
  );
});

test('a step serves the share of guilds that it says, the last all but the hold-back', async () => {
  const { steps } = await tried({ guilds: 400, days: 4 }, null, []);
  const shares = steps.map(({ activeGuilds }) => activeGuilds / 400);
  [0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.95].forEach((share, i) => expect(shares[i]).toBeCloseTo(share, 1));
});

test('while nobody is compared nothing counts, though time passes', async () => {
  const { errorTicks } = await tried({ guilds: 100, days: 4 }, null);
  const silent = errorTicks.slice(0, 96);
  expect(silent.every(({ canary, control }) => canary.exposure + control.exposure === 0)).toBe(true);
  expect(errorTicks[96]?.control.exposure).toBeGreaterThan(0);
});

test('harm is found, sooner where it is larger, and ends the rollout there', async () => {
  const small = await tried({ guilds: 200, days: 4 }, { metric: 'errors', factor: 2 });
  const large = await tried({ guilds: 200, days: 4 }, { metric: 'errors', factor: 10 });
  expect(small.units).toBeLessThan(unitsOfPlan);
  expect(small.alarm?.guard.metric).toBe('errors');
  expect(large.alarm?.hours).toBeLessThan(small.alarm?.hours ?? 0);
  expect(large.steps).toHaveLength((large.alarm?.step ?? 0) + 1);
  expect(large.steps.at(-1)?.harmedGuilds).toBeGreaterThan(0);
});

test('slower commands trip the guard on latency, and it alone', async () => {
  const slow = await tried({ guilds: 200, days: 4 }, { metric: 'latency', factor: 5 });
  expect(slow.alarm?.guard.metric).toBe('latency');
  const unwatched = await tried({ guilds: 200, days: 4 }, { metric: 'latency', factor: 5 }, ['errors']);
  expect(unwatched.alarm).toBeNull();
});

test('a step that sees too little is held, at most for as long again', async () => {
  const { steps, units } = await tried({ guilds: 4, days: 4, activity: 0.0005 }, null);
  expect(steps[1]?.wasHeld).toBe(true);
  expect(units).toBeGreaterThan(unitsOfPlan);
  expect(units).toBeLessThanOrEqual(2 * unitsOfPlan);
});
