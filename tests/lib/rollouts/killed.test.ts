/** The judge's process dies: wherever that happens, the next one goes on as if nothing had been. */
import { describe, expect, it } from 'vitest';
import { Unavailable } from '../../../src/lib/state/errors.js';
import type { Store } from '../../../src/lib/state/Store.js';
import { planOf, World } from './World.js';

/** Few units, and so few commits: each is killed once. */
const plan = planOf(`
rollout_strategy:
  name: brief
  phases:
    - { name: some, percentage: 20, duration: 1h }
    - { name: rest, percentage: 100, duration: 1h }
  minimum_exposure: { guilds: 5, commands: 50 }
  tolerance: 20
`);

type When = 'before' | 'after';

/** Fails at the n-th commit of the judge: before it is sent, or after it has landed. Counts down in `at.left`. */
function failing(at: { left: number; when: When }): (store: Store) => Store {
  return (store) =>
    new Proxy(store, {
      get(target, name) {
        if (name === 'commit') {
          return async (commit: Parameters<Store['commit']>[0]) => {
            const fails = commit.fence !== undefined && at.left-- === 0;
            if (fails && at.when === 'before') throw new Unavailable('killed', 'none');
            const receipt = await target.commit(commit);
            if (fails) throw new Unavailable('killed', 'unknown');
            return receipt;
          };
        }
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
}

/** A whole rollout in which the judge dies at its n-th commit. @returns how many commits there were, and the end */
async function played(
  n: number,
  when: When,
  harm: number,
): Promise<{ commits: number; killed: number; world: World }> {
  const at = { left: Infinity, when };
  const world = await World.open({ plan, wrap: failing(at) });
  await world.start(undefined);
  world.conduct.harm = harm;
  at.left = n;
  let killed = 0;
  for (let unit = 0; unit < 40 && (await world.status()).ended === null; unit++) {
    world.live();
    try {
      await world.turn();
    } catch (error) {
      expect(error).toBeInstanceOf(Unavailable);
      killed++;
      // Another process takes over: it knows only what is in the store.
      world.rollouts = world.room();
      await world.store.follow(world.rollouts.follower);
    }
  }
  return { commits: n - at.left, killed, world };
}

const never = 1_000_000;

describe.each([
  ['healthy', 1, 'completed'],
  ['harmful', 60, 'rolled-back'],
] as const)('the loop is killed at every commit of a %s rollout', (_, harm, end) => {
  it.each(['before', 'after'] as const)(
    '%s it landed: the next process goes on where it was, and nothing is told or counted twice',
    async (when) => {
      const { commits } = await played(never, when, harm);
      expect(commits).toBeGreaterThan(2);
      for (let n = 0; n < commits; n++) {
        const { world, killed } = await played(n, when, harm);
        expect(killed).toBe(1);
        const { state, ticks, taken } = await world.document();
        expect(state).toBe(end);
        expect(world.on().length > 0).toBe(end === 'completed');
        expect(ticks).toBe(taken.reduce((sum, [from, to]) => sum + to - from + 1, 0));
        const told = (await world.notices()).map(({ to, card }) => `${String(to)}: ${card.title}`);
        expect(new Set(told).size).toBe(told.length);
      }
    },
  );
});

it('two loops cannot both act: the one with the older token is refused', async () => {
  const world = await World.open({ plan });
  await world.start(undefined);
  await world.until(({ state }) => state === 'running', 3);
  const older = { ...world.fence, token: world.fence.token - 1 };
  world.live();
  await expect(world.rollouts.turn(older)).rejects.toMatchObject({ code: 'FENCED' });
});
