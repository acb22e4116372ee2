import { expect, it } from 'vitest';
import { ada } from '../../flags/room.js';
import { shortPlan, World } from '../World.js';

const dayMs = 86_400_000;

/** Names of the documents that the room has, without ids. */
async function kept(world: World): Promise<readonly string[]> {
  const { documents } = await world.store.load();
  return [...documents.rollouts.keys()].map((key) => key.replace(/^\w+/, '').replace(/\d+$/, '')).sort();
}

async function ended(): Promise<{ world: World; id: string }> {
  const world = await World.open({ plan: shortPlan });
  const { id } = await world.start(undefined);
  await world.units(6);
  await world.rollouts.cancel('greeting', { by: ada, leave: 'keep' });
  return { world, id };
}

async function after(world: World, ms: number): Promise<void> {
  world.now += ms;
  await world.turn();
}

it('what a rollout is compared with goes a day after its end, once, and not before', async () => {
  const { world, id } = await ended();
  await after(world, dayMs - 1);
  expect(world.forgotten).toEqual([]);
  await after(world, 1);
  await after(world, dayMs);
  expect(world.forgotten).toEqual([id]);
});

it('evidence and ticks go thirty days after the end; the rollout itself stays and can be looked at', async () => {
  const { world, id } = await ended();
  const all = await kept(world);
  expect(new Set(all)).toEqual(new Set(['', '.evidence', '.ticks.']));
  await after(world, 30 * dayMs - 1);
  expect(await kept(world)).toEqual(all);
  await after(world, 1);
  expect(await kept(world)).toEqual(['']);
  expect(await world.rollouts.explain(id)).toMatchObject({ status: { state: 'cancelled' } });
});

it('whoever holds the lease then does it, from the documents alone', async () => {
  const { world, id } = await ended();
  const other = world.room();
  const following = await world.store.follow(other.follower);
  world.now += 40 * dayMs;
  await other.turn(world.fence);
  expect(world.forgotten).toEqual([id]);
  expect(await kept(world)).toEqual(['']);
  await world.turn();
  expect(world.forgotten).toEqual([id]);
  other.close();
  await following.close();
});

it('what runs keeps everything, however old it is', async () => {
  const world = await World.open({ plan: shortPlan });
  await world.start(undefined);
  await world.units(6);
  await world.rollouts.pause('greeting', { by: ada });
  await after(world, 40 * dayMs);
  await world.turn();
  expect(world.forgotten).toEqual([]);
  expect(await kept(world)).toContain('.ticks.');
});
