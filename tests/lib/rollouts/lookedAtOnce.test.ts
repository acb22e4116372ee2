/** What somebody decides about a flag by hand reaches its rollout with the commit, and not with the judge's next look. */
import { describe, expect, it } from 'vitest';
import { ada, grace } from '../flags/room.js';
import { shortPlan, World } from './World.js';

interface Watched {
  readonly world: World;
  readonly due: { times: number };
}

async function running(): Promise<Watched> {
  const due = { times: 0 };
  const world = await World.open({ plan: shortPlan, onDue: () => due.times++ });
  await world.start(undefined);
  await world.until(({ state }) => state === 'running', 3);
  // What was under way until now has been heard of.
  await expect.poll(async () => (await world.status()).state).toBe('running');
  due.times = 0;
  return { world, due };
}

const isDue = ({ due }: Watched) => expect.poll(() => due.times).toBeGreaterThan(0);

describe('the judge is called at once', () => {
  it.each([
    ['killed', { do: 'kill', flag: 'greeting' }, 'rolling-back'],
    ['disabled', { do: 'disable', flag: 'greeting' }, 'rolling-back'],
  ] as const)(
    'where the flag was %s: no time has passed, and the rollout is over',
    async (_, change, state) => {
      const watched = await running();
      await watched.world.do(change);
      await isDue(watched);
      await watched.world.turn();
      expect((await watched.world.status()).state).toBe(state);
    },
  );

  it('where everything was turned off, and where an incident began or ended', async () => {
    const watched = await running();
    const { world, due } = watched;
    await world.do({ do: 'kill-all' });
    await isDue(watched);
    await world.turn();
    expect((await world.status()).state).toBe('paused');
    due.times = 0;
    await world.do({ do: 'unkill-all' });
    await isDue(watched);
    await world.turn();
    expect((await world.status()).state).toBe('running');
    due.times = 0;
    await world.rollouts.freeze.start({ by: grace, reason: 'the database', isIncident: true });
    await isDue(watched);
    await world.turn();
    expect((await world.status()).state).toBe('paused');
  });

  it('and looks at this one although the round of all others is not due yet', async () => {
    const watched = await running();
    const { world } = watched;
    await world.do({ do: 'create', flag: 'other', facts: {} });
    await world.rollouts.start({ flag: 'other', by: ada, plan: shortPlan.name });
    await world.units(2);
    await world.do({ do: 'kill', flag: 'other' });
    await isDue(watched);
    world.realNow += 400;
    // At this speed everyone is looked at once a second; those who wait wait no longer for it.
    expect(await world.turn()).toBe(0);
    expect(await world.turn()).toBe(600);
    expect((await world.rollouts.status('other')).state).toBe('rolled-back');
  });

  it('but not for what leaves everything to it', async () => {
    const { world, due } = await running();
    await world.do({ do: 'edit', flag: 'greeting', facts: { description: 'other words' } });
    await world.do({ do: 'create', flag: 'other', facts: {} });
    await world.do({ do: 'kill', flag: 'other' });
    const { head } = await world.store.load();
    let seen = 0;
    const following = await world.store.follow({
      commits: (commits) => (seen = commits.at(-1)?.seq ?? seen),
      reload: (state) => (seen = state.head.seq),
      reachable: () => undefined,
    });
    await expect.poll(() => seen).toBeGreaterThanOrEqual(head.seq);
    await following.close();
    expect(due.times).toBe(0);
  });
});
