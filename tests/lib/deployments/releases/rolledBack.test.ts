/** A release that was rolled back, among others. */
import { expect, it } from 'vitest';
import { World } from './World.js';

const rollBack = { by: { by: '7', at: 5 }, why: 'It was bad.', marksRolledBack: true };
const never = new AbortController().signal;

it('of two stand-bys the one that was not rolled back takes over, although the other is newer', async () => {
  const world = new World();
  const one = await world.start('a1', '1');
  await world.start('b1', '2');
  await world.time.pass(2_000);
  await world.until(one.releases.handOver('1', rollBack, never));
  const three = await world.start('c1', '3');
  await world.time.pass(2_000);
  expect(world.document.active.release).toBe('3');
  world.kill(three);
  await world.time.pass(33_000);
  // At once, and not by way of the one that was rolled back.
  expect(world.document.turns.map(({ release }) => release)).toEqual(['1', '2', '1', '3', '1']);
});

it('a rollback that meets a handover to the same release marks what is left all the same', async () => {
  const world = new World();
  const one = await world.start('a1', '1');
  await world.start('b1', '2');
  await world.time.pass(2_000);
  // It keeps the handover waiting until it is gone.
  const deaf = await world.start('deaf', '2');
  world.deafen(deaf);
  await world.time.pass(100);
  const plain = world.handOver(one, '1').catch((error: unknown) => error);
  await world.time.pass(1_000);
  const { id } = world.document.handover ?? {};
  expect(id).toBeDefined();
  const marked = one.releases.handOver('1', rollBack, never).catch((error: unknown) => error);
  await world.time.pass(1_000);
  expect(world.document.handover?.id).toBe(id);
  world.kill(deaf);
  await world.until(Promise.all([plain, marked]));
  expect(world.document).toMatchObject({ active: { release: '1' }, handover: null });
  expect(world.document.known['2']?.rolledBack).toEqual({ by: '7', at: 5 });
});
