/** Evidence runs over all steps, so what is said of it names the guilds of all steps, not those of the last minutes. */
import { expect, it } from 'vitest';
import { ada } from '../flags/room.js';
import { planOf, World } from './World.js';

const plan = planOf(`
rollout_strategy:
  name: two_steps
  phases:
    - { name: a_fifth, percentage: 20, duration: 4h }
    - { name: more, percentage: 30, duration: 4h }
    - { name: everyone, percentage: 100, duration: 4h }
`);

it('a new step, or a resumption, does not make it come from no guilds', async () => {
  const world = await World.open({ plan });
  await world.start(undefined);
  await world.units(6);
  const said = async () => (await world.status()).guards[0]?.text ?? '';
  const seen = (await world.document()).progress.canaryGuilds;
  expect(seen).toBeGreaterThan(10);
  await world.advance();
  expect((await world.document()).progress).toMatchObject({ canaryGuilds: 0, guildsBefore: seen });
  expect(await said()).toContain(`in ${seen} guilds`);
  await world.rollouts.pause('greeting', { by: ada });
  await world.rollouts.resume('greeting', { by: ada });
  expect(await said()).toContain(`in ${seen} guilds`);
  await world.units(4);
  const more = (await world.document()).progress.canaryGuilds;
  expect(more).toBeGreaterThan(seen);
  expect(await said()).toContain(`in ${more} guilds`);
});
