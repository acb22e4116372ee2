/** What the staff's channels hear of a rollout from its beginning to its end: each once, and nobody is woken without need. */
import { expect, it } from 'vitest';
import { ada } from '../flags/room.js';
import { shortPlan, World } from './World.js';

async function told(world: World): Promise<readonly string[]> {
  const of = (await world.notices()).filter(({ kind }) => kind === 'rollout');
  return of.map(
    ({ to, card, pingOnCall }) => `${String(to)}${pingOnCall === true ? '!' : ''}: ${card.title}`,
  );
}

it('its start, each phase, a pause, its going on and its completion are told in #operations, and wake nobody', async () => {
  const world = await World.open({ plan: shortPlan });
  await world.start(undefined);
  await world.until(({ state }) => state === 'running', 3);
  await world.rollouts.pause('greeting', { by: ada, reason: 'looking' });
  await world.rollouts.resume('greeting', { by: ada });
  await world.until(({ ended }) => ended !== null);
  const [some, rest] = shortPlan.steps.map(({ name }) => name);
  expect(await told(world)).toEqual([
    'operations: The rollout of greeting starts',
    'operations: The rollout of greeting is paused',
    'operations: The rollout of greeting goes on',
    `operations: greeting goes on to ${rest}: 95 % of guilds`,
    'operations: The rollout of greeting is complete: on for everyone',
  ]);
  const [start] = (await world.notices()).filter(({ card }) => card.title.endsWith('starts'));
  expect(JSON.stringify(start)).toContain(`First ${some}: 20 % of guilds, for 4 h at least.`);
});

it('a rollback by the judge is told to everybody, and wakes whoever is on call, once', async () => {
  const world = await World.open({ plan: shortPlan });
  await world.start(undefined);
  await world.until(({ state }) => state === 'running', 3);
  world.conduct.harm = 60;
  await world.until(({ ended }) => ended !== null);
  await world.units(3);
  const rolledBack = (await told(world)).filter((line) => line.includes('ROLLBACK'));
  expect(rolledBack.map((line) => line.split(':')[0])).toEqual(['operations!', 'dev-team', 'management']);
});

it('what pauses it by itself is told with its reason', async () => {
  const world = await World.open({ plan: shortPlan });
  await world.start(undefined);
  await world.until(({ state }) => state === 'running', 3);
  world.conduct.outage = 0.9;
  await world.until(({ state }) => state === 'paused', 20);
  const [notice] = (await world.notices()).filter(({ card }) => card.title.endsWith('is paused'));
  expect(JSON.stringify(notice)).toContain('this is Discord or the bot, not the feature');
});
