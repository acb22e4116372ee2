/** Pauses: what stops, what a resume begins anew, and who is woken. */
import { expect, it } from 'vitest';
import { ada, grace } from '../flags/room.js';
import { shortPlan, World, type WorldOptions } from './World.js';

const long = {
  ...shortPlan,
  steps: shortPlan.steps.map((step) => ({ ...step, durationMs: 20 * 86_400_000 })),
};

async function running(options: WorldOptions = {}): Promise<World> {
  const world = await World.open({ plan: shortPlan, ...options });
  await world.start(undefined);
  await world.until(({ state }) => state === 'running', 3);
  return world;
}

it('a pause that another one follows stops the time from its own beginning', async () => {
  const world = await running();
  await world.units(4);
  await world.rollouts.freeze.start({ by: grace, reason: 'the database', isIncident: true });
  await world.unit();
  const { stoppedJudgedMs } = await world.document();
  await world.units(4);
  world.conduct.outage = 0.5;
  await world.units(2);
  expect(await world.document()).toMatchObject({
    state: 'paused',
    pause: { endsWith: 'person' },
    stoppedJudgedMs,
  });
});

it('what was proven only as a reason to pause is proven anew after a person resumed; what rolls back runs on', async () => {
  const pausing = { metric: 'errors', margin: 1, alpha: 0.01, action: 'pause' } as const;
  const rolling = { metric: 'errors', margin: 5, alpha: 0.000_001, action: 'rollback' } as const;
  const world = await running({ plan: { ...long, guards: [pausing, rolling] } });
  world.conduct.harm = 5;
  await world.until(({ state }) => state === 'paused', 400);
  world.conduct.harm = 1;
  const peaks = async () => (await world.rollouts.explain('greeting')).guards.map(({ lnE }) => lnE);
  const [, before] = await peaks();
  await world.rollouts.resume('greeting', { by: ada });
  expect(await peaks()).toEqual([0, before]);
  await world.units(8);
  expect((await world.document()).state).toBe('running');
});

it('a rollback by hand wakes nobody: whoever asked for it is awake', async () => {
  const world = await running();
  await world.rollouts.rollback('greeting', { by: ada, reason: 'It greets nobody' });
  const told = (await world.notices()).filter(
    ({ card }) => card.title === 'ROLLBACK INITIATED: It greets nobody',
  );
  expect(JSON.stringify(told[0]).match(/It greets nobody/g)).toHaveLength(2);
  expect(told.map(({ to, pingOnCall }) => [to, pingOnCall ?? false])).toEqual([
    ['operations', false],
    ['dev-team', false],
    ['management', false],
  ]);
});
