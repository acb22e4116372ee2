/** What people ask of a rollout when the store, the clock or somebody else is in the way: each gets one true answer. */
import { describe, expect, it } from 'vitest';
import { Unavailable } from '../../../src/lib/state/errors.js';
import type { Store } from '../../../src/lib/state/Store.js';
import { ada, grace } from '../flags/room.js';
import { shortPlan, speed, World, type WorldOptions } from './World.js';

async function running(options: WorldOptions = {}): Promise<World> {
  const world = await World.open({ plan: shortPlan, ...options });
  await world.start(undefined);
  await world.until(({ state }) => state === 'running', 3);
  return world;
}

/** Falls silent at the next commit of a person: after it has landed, or before. */
function silent(when: { next: 'landed' | 'lost' | undefined }): (store: Store) => Store {
  return (store) =>
    new Proxy(store, {
      get(target, name) {
        if (name === 'commit') {
          return async (commit: Parameters<Store['commit']>[0]) => {
            const { next } = when;
            if (next === undefined || commit.fence !== undefined) return target.commit(commit);
            when.next = undefined;
            if (next === 'landed') await target.commit(commit);
            throw new Unavailable('It fell silent.', 'unknown');
          };
        }
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
}

describe('a store that falls silent in mid-commit', () => {
  it.each([
    ['landed', 'done', 'paused'],
    ['lost', 'refused', 'running'],
  ] as const)('what %s is first "checking", and then %s', async (next, status, state) => {
    const when: { next: 'landed' | 'lost' | undefined } = { next: undefined };
    const world = await running({ wrap: silent(when) });
    when.next = next;
    const outcome = await world.rollouts.pause('greeting', { by: ada });
    if (outcome.status !== 'checking') throw new Error(`expected checking, got ${outcome.status}`);
    expect((await outcome.settled).status).toBe(status);
    expect((await world.document()).state).toBe(state);
  });
});

it('somebody was faster: what is asked is looked at again, as things stand now', async () => {
  const world = await running();
  // Another process that has not heard of anything since.
  const other = world.room();
  await (await world.store.follow(other.follower)).close();
  await world.rollouts.acknowledge('greeting', { by: grace });
  const outcome = await other.pause('greeting', { by: ada });
  expect(outcome.status).toBe('done');
  expect(await world.document()).toMatchObject({ state: 'paused', acknowledged: { by: grace.id } });
});

it('what was never served cannot be rolled back, only cancelled', async () => {
  const world = await World.open({ plan: shortPlan });
  await world.rollouts.start({ flag: 'greeting', by: ada, plan: 'short', startAt: world.now + 3_600_000 });
  await world.units(1);
  const asked = world.rollouts.rollback('greeting', { by: ada });
  await expect(asked).rejects.toMatchObject({ code: 'NOT_IN_THIS_STATE' });
  await expect(asked).rejects.toThrow('has turned nothing on yet');
  // Whoever may not cancel a rollout can still turn its flag off.
  await expect(asked).rejects.toMatchObject({ next: expect.stringContaining('/rollback now') as unknown });
  expect((await world.status()).can).toEqual(['acknowledge', 'cancel']);
});

it('an override of a freeze without a reason is none', async () => {
  const world = await running();
  await world.rollouts.freeze.start({ by: grace, reason: 'the world cup' });
  const asked = world.rollouts.advance('greeting', { by: ada, overridesFreeze: true });
  await expect(asked).rejects.toMatchObject({ code: 'REASON_NEEDED' });
  expect(await world.document()).toMatchObject({ step: 0 });
});

it('whoever resumes what would have gone on by itself answers for it', async () => {
  const world = await running();
  await world.rollouts.freeze.start({ by: grace, reason: 'the database', isIncident: true });
  await world.unit();
  expect(await world.document()).toMatchObject({ state: 'paused', pause: { endsWith: 'cause' } });
  await world.rollouts.freeze.stop(grace);
  await world.rollouts.resume('greeting', { by: ada });
  expect(await world.document()).toMatchObject({
    state: 'running',
    resumedAt: world.now,
    updated: { by: ada.id },
  });
});

it('between two looks of the judge a clock that is set adds nothing to a phase', async () => {
  const world = await running();
  await world.units(2);
  const { elapsedMs } = (await world.status()).phase;
  world.now += 10 * 86_400_000;
  expect((await world.status()).phase.elapsedMs - elapsedMs).toBeLessThanOrEqual(90_000 * speed);
});

it('a flag that was turned off by hand is not turned on again by going on', async () => {
  for (const change of [
    { do: 'disable', flag: 'greeting' },
    { do: 'kill', flag: 'greeting' },
  ] as const) {
    const world = await running();
    await world.do(change);
    for (const ask of ['advance', 'resume'] as const) {
      await expect(world.rollouts[ask]('greeting', { by: ada })).rejects.toMatchObject({
        code: 'NOT_IN_THIS_STATE',
        message: expect.stringContaining('by hand') as unknown,
      });
    }
    expect(world.on()).toEqual([]);
  }
});
