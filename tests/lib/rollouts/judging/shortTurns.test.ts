/** A turn that takes too long leaves the rest to the next. */
import { describe, expect, it } from 'vitest';
import { ada } from '../../flags/room.js';
import { shortPlan, World } from '../World.js';

const flags = ['greeting', 'second', 'third'];

describe('a turn that has no time left', () => {
  it('leaves the rest to the next, which follows at once; each rollout takes each unit in once', async () => {
    const real = { world: undefined as World | undefined, spent: 0, aLook: 0 };
    const realTime = {
      now: () => (real.world?.realNow ?? 1_800_000_000_000) + (real.spent += real.aLook),
    };
    const world = await World.open({ plan: shortPlan, realTime });
    real.world = world;
    await world.start(undefined);
    for (const flag of flags.slice(1)) {
      await world.do({ do: 'create', flag, facts: {} });
      const asked = { flag, by: ada };
      const outcome = await world.rollouts.start(asked);
      if (outcome.status === 'confirm') await world.rollouts.start({ ...asked, confirmed: outcome.proposal });
    }
    await world.turn();
    await world.units(3);
    const ids = (await world.rollouts.list()).map(({ id }) => id);
    const ticks = async (): Promise<number[]> =>
      Promise.all(ids.map(async (id) => (await world.document(id)).ticks));
    const before = await ticks();

    world.live();
    real.aLook = 60;
    const waits: number[] = [];
    const taken: number[] = [];
    while (waits.at(-1) === undefined || waits.at(-1) === 0) {
      waits.push(await world.turn());
      taken.push((await ticks()).reduce((sum, one, at) => sum + one - before[at]!, 0));
      expect(waits.length).toBeLessThan(10);
    }
    expect(taken).toEqual([1, 2, 3]);
    expect(await ticks()).toEqual(before.map((one) => one + 1));
  });
});
